// What can be wrong with the settings of a brand, each alone and all together.

import { PRECEDENCE } from '../setting/setting.ts'
import { whyUnfit } from '../setting/read.ts'
import type { Setting, SettingValue } from '../setting/setting.ts'
import { camelCase } from '../setting/setting.ts'
import type { BrandProblem } from './error.ts'
import type { LooseBrand, LooseRecord } from './loose.ts'
import { isRecord, isTextList, textOf } from './loose.ts'

const TYPES = ['credential', 'server', 'text', 'integer', 'seconds', 'boolean']
const FIELDS = ['type', 'variable', 'precedence', 'about', 'default', 'required', 'min', 'max']
const VARIABLE = /^[A-Z][A-Z0-9_]*$/

export function checkSettings({ settings, env }: LooseBrand): BrandProblem[] {
  if (!isRecord(settings)) {
    const fix = "describe each: { api_key: { type: 'credential' }, server_url: { type: 'server' } }"
    return [{ place: 'settings', problem: 'is missing', fix }]
  }
  const each = Object.entries(settings)
  return [
    ...checkOnlyOne(settings, 'credential'),
    ...checkOnlyOne(settings, 'server'),
    ...each.flatMap(([name, setting]) => checkSetting(name, setting)),
    ...checkTwins(each, textOf(env)),
  ]
}

function checkOnlyOne(settings: LooseRecord, type: 'credential' | 'server'): BrandProblem[] {
  const of = Object.values(settings).filter((setting) => isRecord(setting) && setting.type === type)
  if (of.length === 1) return []
  const what = type === 'credential' ? 'the secret of a request' : 'the base URL'
  const fix = `give exactly one setting the type '${type}': it is ${what}`
  return [{ place: 'settings', problem: `${of.length} settings are the ${type}`, fix }]
}

function checkSetting(name: string, setting: unknown): BrandProblem[] {
  const place = `settings.${name}`
  if (!/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)) {
    const fix = "name it as in a file, 'max_upload_workers'"
    return [{ place, problem: 'is not a name for a setting', fix }]
  }
  if (!isRecord(setting) || !TYPES.includes(textOf(setting.type))) {
    return [{ place, problem: 'has no known type', fix: `use one of ${TYPES.join(', ')}` }]
  }
  return [
    ...checkFieldNames(place, setting),
    ...checkVariable(place, setting),
    ...checkPrecedence(place, setting),
    ...checkDefault(place, setting),
  ]
}

function checkFieldNames(place: string, setting: LooseRecord): BrandProblem[] {
  return Object.keys(setting)
    .filter((field) => !FIELDS.includes(field))
    .map((field) => {
      const fix = `a setting has ${FIELDS.join(', ')}`
      return { place: `${place}.${field}`, problem: 'is not a field of a setting', fix }
    })
}

function checkVariable(place: string, { variable }: LooseRecord): BrandProblem[] {
  if (variable === undefined || VARIABLE.test(textOf(variable))) return []
  const fix = "use capitals, digits and underscores, as 'CHRONICLE_API_KEY'"
  return [{ place: `${place}.variable`, problem: `'${textOf(variable)}' is not a variable`, fix }]
}

function checkPrecedence(place: string, { precedence }: LooseRecord): BrandProblem[] {
  if (precedence === undefined) return []
  const known: readonly string[] = PRECEDENCE
  const list = isTextList(precedence) ? precedence : []
  const isFine = list.length > 0 && new Set(list).size === list.length
  if (isFine && list.every((layer) => known.includes(layer))) return []
  const problem = 'is not an order of layers'
  return [
    { place: `${place}.precedence`, problem, fix: `list some of ${known.join(', ')}, once each` },
  ]
}

function checkDefault(place: string, setting: LooseRecord): BrandProblem[] {
  const { type, min, max } = setting
  const bounds = [min, max].filter((bound) => bound !== undefined)
  if (bounds.some((bound) => typeof bound !== 'number') || Number(min) > Number(max)) {
    return [{ place, problem: 'min and max are no bounds', fix: 'give numbers, min at most max' }]
  }
  if (setting.default === undefined) return []
  if (type === 'credential') {
    const fix = 'leave it out: a secret in a brand would be in every copy of the program'
    return [{ place: `${place}.default`, problem: 'is a default for a secret', fix }]
  }
  const unfit = whyUnfit(
    { type: type as Setting['type'], min: min as number, max: max as number },
    setting.default as SettingValue,
  )
  if (unfit === undefined) return []
  return [{ place: `${place}.default`, problem: unfit, fix: 'give a value the setting can have' }]
}

// Two settings that share a variable or an option would always have the same value.
function checkTwins(each: readonly [string, unknown][], env: string): BrandProblem[] {
  const taken = new Map<string, string>()
  const problems: BrandProblem[] = []
  for (const [name, setting] of each) {
    const own = isRecord(setting) ? setting.variable : undefined
    for (const word of [textOf(own ?? `${env}_${name.toUpperCase()}`), camelCase(name)]) {
      const other = taken.get(word)
      if (other !== undefined) {
        const problem = `is read from '${word}', as '${other}' is`
        problems.push({ place: `settings.${name}`, problem, fix: 'name one of them otherwise' })
      }
      taken.set(word, name)
    }
  }
  return problems
}
