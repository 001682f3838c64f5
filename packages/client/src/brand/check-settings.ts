// What can be wrong with the settings of a brand, each alone and all together.

import { isCommonOption } from '../client/options.ts'
import { whyUnfit } from '../setting/read.ts'
import type { Setting, SettingValue } from '../setting/setting.ts'
import { camelCase, PRECEDENCE } from '../setting/setting.ts'
import type { Findings } from './findings.ts'
import type { LooseRecord } from '../loose/record.ts'
import { isTextList, recordOf, textOf } from '../loose/record.ts'

const TYPES = ['credential', 'server', 'text', 'integer', 'seconds', 'boolean']
const FIELDS = ['type', 'variable', 'precedence', 'about', 'default', 'required', 'min', 'max']

export function checkSettings(findings: Findings, { settings, env }: LooseRecord): void {
  const each = Object.entries(recordOf(settings)).map(
    ([name, setting]) => [name, recordOf(setting)] as const,
  )
  for (const type of ['credential', 'server']) {
    const count = each.filter(([, setting]) => setting.type === type).length
    const fix = `give one setting { type: '${type}' }`
    findings.must(count === 1, 'settings', [`has ${count} of the type '${type}', not one`, fix])
  }
  // Two settings that share a variable or an option would always have the same value.
  const taken = new Map<string, string>()
  for (const [name, setting] of each) {
    checkSetting(findings, name, setting)
    // Every client has some options of its own; a setting of that name could never be given to one.
    findings.must(!isCommonOption(camelCase(name)), `settings.${name}`, [
      `is called as the option '${camelCase(name)}' that every client has`,
      `rename it, for instance to 'server_${name}'`,
    ])
    const variable = setting.variable ?? `${textOf(env)}_${name.toUpperCase()}`
    for (const word of [textOf(variable), camelCase(name)]) {
      const problem = `is read from '${word}', as '${taken.get(word) ?? ''}' is`
      findings.must(!taken.has(word), `settings.${name}`, [problem, 'change one of them'])
      taken.set(word, name)
    }
  }
}

function checkSetting(findings: Findings, name: string, setting: LooseRecord): void {
  const place = `settings.${name}`
  const isName = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(name)
  findings.must(isName, place, ['is not a name for a setting', "write 'max_upload_workers'"])
  findings.known([textOf(setting.type)], TYPES, () => place)
  findings.known(Object.keys(setting), FIELDS, (field) => `${place}.${field}`)
  const { variable = 'A', precedence = ['default'] } = setting
  findings.must(/^[A-Z][A-Z0-9_]*$/.test(textOf(variable)), `${place}.variable`, [
    'is not a variable',
    "write 'ACME_API_KEY'",
  ])
  const layers = isTextList(precedence) ? precedence : []
  const known: readonly string[] = PRECEDENCE
  const isOrder = layers.length > 0 && new Set(layers).size === layers.length
  findings.must(isOrder && layers.every((layer) => known.includes(layer)), `${place}.precedence`, [
    'is not an order of layers',
    `list some of ${known.join(', ')}, once each`,
  ])
  checkDefault(findings, place, setting)
}

function checkDefault(findings: Findings, place: string, setting: LooseRecord): void {
  const { min, max, default: value } = setting
  const areBounds = [min, max].every((bound) => bound === undefined || typeof bound === 'number')
  const isRange = areBounds && !(Number(min) > Number(max))
  findings.must(isRange, place, ['has wrong bounds', 'give numbers, min at most max'])
  if (value === undefined) return
  // Every copy of the program would have it.
  const isSecret = setting.type === 'credential'
  const problem = isSecret
    ? 'is a secret'
    : whyUnfit(setting as unknown as Setting, value as SettingValue)
  const why = problem ?? ''
  findings.must(problem === undefined, `${place}.default`, [why, 'change it, or leave it out'])
}
