// What makes a brand wrong, beyond what types can say. Everything is gathered, so that a team sees all of it at once.

import { ERROR_NAMES } from '../error/names.ts'
import { checkFiles } from './check-files.ts'
import { checkSettings } from './check-settings.ts'
import { COMMANDS } from './command-line.ts'
import type { BrandProblem } from './error.ts'
import type { LooseBrand, LooseRecord } from './loose.ts'
import { isRecord, isTextList, textOf } from './loose.ts'
import { ROUTES } from './routes.ts'

const FIELDS = [
  'id',
  'client',
  'env',
  'settings',
  'exclusive',
  'organization',
  'kinds',
  'files',
  'routes',
  'errors',
  'allowsPlainHttp',
  'cli',
]
const CLASS_NAME = /^[A-Z][A-Za-z0-9]*$/

/** Everything wrong with a brand; empty when it is right. */
export function checkBrand(brand: LooseBrand): BrandProblem[] {
  if (!isRecord(brand)) return [{ place: 'brand', problem: 'is missing', fix: 'give an object' }]
  return [
    ...checkFields(brand),
    ...checkNames(brand),
    ...checkSettings(brand),
    ...checkExclusive(brand),
    ...checkOrganization(brand),
    ...checkKinds(brand),
    ...checkFiles(brand),
    ...checkRoutes(brand),
    ...checkErrors(brand),
    ...checkCommandLine(brand),
  ]
}

function checkFields(brand: LooseBrand): BrandProblem[] {
  const fix = `a brand has ${FIELDS.join(', ')}`
  return Object.keys(brand)
    .filter((field) => !FIELDS.includes(field))
    .map((field) => ({ place: field, problem: 'is not a field of a brand', fix }))
}

function checkNames({ id, client, env, allowsPlainHttp }: LooseBrand): BrandProblem[] {
  const problems: BrandProblem[] = []
  const must = (place: string, holds: boolean, fix: string): void => {
    if (!holds) problems.push({ place, problem: 'is missing or cannot be used', fix })
  }
  must('id', /^[a-z][a-z0-9-]*$/.test(textOf(id)), "lower-case letters, digits, hyphens: 'acme'")
  must('client', CLASS_NAME.test(textOf(client)), "the name of the client class: 'Acme'")
  must('env', /^[A-Z][A-Z0-9_]*$/.test(textOf(env)), "what variables begin with: 'ACME'")
  const isSwitch = allowsPlainHttp === undefined || typeof allowsPlainHttp === 'boolean'
  must('allowsPlainHttp', isSwitch, 'true or false')
  return problems
}

function checkExclusive({ exclusive, settings }: LooseBrand): BrandProblem[] {
  if (exclusive === undefined) return []
  const names = Object.keys(isRecord(settings) ? settings : {})
  const groups: readonly unknown[] = Array.isArray(exclusive) ? exclusive : [exclusive]
  return groups.flatMap((group, index) => {
    const list = isTextList(group) ? group : []
    if (list.length > 1 && list.every((name) => names.includes(name))) {
      return checkSameOrder(settings as LooseRecord, list, `exclusive[${index}]`)
    }
    const fix = `list two or more of ${names.join(', ')}`
    return [{ place: `exclusive[${index}]`, problem: 'is not a group of settings', fix }]
  })
}

// A group is decided layer by layer, which has no meaning when its members disagree about the order.
function checkSameOrder(
  settings: LooseRecord,
  group: readonly string[],
  place: string,
): BrandProblem[] {
  const orders = group.map((name) => {
    const setting = settings[name]
    return JSON.stringify(isRecord(setting) ? setting.precedence : undefined)
  })
  if (new Set(orders).size === 1) return []
  const problem = 'has settings with different precedence'
  return [{ place, problem, fix: 'give all of them the same precedence' }]
}

function checkOrganization({ organization, settings }: LooseBrand): BrandProblem[] {
  if (organization === undefined) return []
  const isText = (name: unknown): boolean => {
    const setting = isRecord(settings) ? settings[textOf(name)] : undefined
    return isRecord(setting) && setting.type === 'text'
  }
  const { id, slug } = isRecord(organization) ? organization : {}
  if (isText(id) && isText(slug) && id !== slug) {
    return checkSameOrder(settings as LooseRecord, [textOf(id), String(slug)], 'organization')
  }
  const fix =
    "name two settings of the type 'text': { id: 'organization_id', slug: 'organization_slug' }"
  return [{ place: 'organization', problem: 'does not name an id and a slug', fix }]
}

function checkKinds({ kinds }: LooseBrand): BrandProblem[] {
  if (kinds === undefined) return []
  if (!isRecord(kinds))
    return [{ place: 'kinds', problem: 'is no list', fix: "{ org: 'acme_sk_' }" }]
  const taken = new Map<unknown, string>()
  return Object.entries(kinds).flatMap(([name, shape]) => {
    const place = `kinds.${name}`
    const other = taken.get(shape)
    taken.set(shape, name)
    if (other !== undefined) {
      const problem = `begins as '${other}' does`
      return [{ place, problem, fix: 'give each kind a beginning of its own' }]
    }
    if (typeof shape === 'string' && /^[A-Za-z0-9_-]{2,64}$/.test(shape)) return []
    const fix = "write how its secrets begin, 'acme_sk_', or 'jws' for JWTs"
    return [{ place, problem: 'is not the beginning of a secret', fix }]
  })
}

function checkRoutes({ routes }: LooseBrand): BrandProblem[] {
  if (routes === undefined) return []
  return Object.entries(isRecord(routes) ? routes : { routes }).flatMap(([name, route]) => {
    const place = `routes.${name}`
    if (!(name in ROUTES)) {
      const fix = `a brand has ${Object.keys(ROUTES).join(', ')}`
      return [{ place, problem: 'is not a route', fix }]
    }
    if (/^(GET|POST|PUT|PATCH|DELETE) \/[^\s?#]*$/.test(textOf(route))) return []
    return [{ place, problem: 'has no method and path', fix: "write 'POST /v1/keys'" }]
  })
}

function checkErrors({ errors }: LooseBrand): BrandProblem[] {
  if (errors === undefined) return []
  const known: readonly string[] = ERROR_NAMES
  return Object.entries(isRecord(errors) ? errors : { errors }).flatMap(([name, own]) => {
    if (known.includes(name) && CLASS_NAME.test(textOf(own))) return []
    const fix = `write { ConfigError: 'AcmeConfigError' }; there are ${known.join(', ')}`
    return [{ place: `errors.${name}`, problem: 'names no error', fix }]
  })
}

function checkCommandLine({ cli }: LooseBrand): BrandProblem[] {
  if (cli === undefined) return []
  const known: readonly string[] = COMMANDS
  const { name, commands, flags } = isRecord(cli) ? cli : {}
  const problems: BrandProblem[] = []
  if (!/^[a-z][a-z0-9-]*$/.test(textOf(name))) {
    const fix = "what people type: 'acme'"
    problems.push({ place: 'cli.name', problem: 'is not the name of a command', fix })
  }
  const wanted = isTextList(commands) ? commands : []
  if (wanted.length === 0) {
    problems.push({ place: 'cli.commands', problem: 'is empty', fix: `list ${known.join(', ')}` })
  }
  for (const command of wanted.filter((each) => !known.includes(each))) {
    const problem = `'${command}' is not a command`
    problems.push({ place: 'cli.commands', problem, fix: `use ${known.join(', ')}` })
  }
  for (const command of Object.keys(isRecord(flags) ? flags : {})) {
    if (wanted.includes(command)) continue
    const fix = 'add the command to cli.commands, or leave its flags out'
    problems.push({ place: `cli.flags.${command}`, problem: 'is no command of the brand', fix })
  }
  return problems
}
