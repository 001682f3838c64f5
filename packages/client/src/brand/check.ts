// What makes a brand wrong, beyond what types can say.

import { ERROR_NAMES } from '../error/names.ts'
import { checkFiles } from './check-files.ts'
import { checkSettings } from './check-settings.ts'
import type { BrandProblem } from './error.ts'
import { type CheckedPart, Findings } from './findings.ts'
import type { LooseRecord } from '../loose/record.ts'
import { isRecord, isTextList, recordOf, textOf } from '../loose/record.ts'
import { ROUTES } from './routes.ts'

const FIELDS = [
  'id',
  'client',
  'env',
  'settings',
  'exclusive',
  'organization',
  'preferStored',
  'kinds',
  'files',
  'store',
  'routes',
  'errors',
  'allowsPlainHttp',
  'hasIdempotencyKeys',
  'login',
]

const CLASS_NAME = /^[A-Z][A-Za-z0-9]*$/

/** Everything wrong with a brand; empty when it is right. */
export function checkBrand(input: unknown): readonly BrandProblem[] {
  const brand = recordOf(input)
  const findings = new Findings()
  findings.known(Object.keys(brand), FIELDS, (field) => field)
  checkNames(findings, brand)
  checkSettings(findings, brand)
  checkGroups(findings, brand)
  checkKinds(findings, brand)
  checkFiles(findings, brand)
  checkParts(findings, brand)
  checkRoutes(findings, brand)
  checkErrors(findings, brand)
  return findings.problems
}

function checkNames(findings: Findings, { id, client, env, ...rest }: LooseRecord): void {
  const shape = (place: string, holds: boolean, fix: string): boolean =>
    findings.must(holds, place, ['is missing or cannot be used', fix])
  shape('id', /^[a-z][a-z0-9-]*$/.test(textOf(id)), "use small letters, digits, hyphens: 'acme'")
  shape('client', CLASS_NAME.test(textOf(client)), "name the client class: 'Acme'")
  shape('env', /^[A-Z][A-Z0-9_]*$/.test(textOf(env)), "say what variables begin with: 'ACME'")
  const { login = 'login' } = rest
  for (const name of ['allowsPlainHttp', 'hasIdempotencyKeys']) {
    shape(name, /^(undefined|boolean)$/.test(typeof rest[name]), 'use true or false')
  }
  shape('login', textOf(login) !== '', "name the command: 'acme login'")
}

// A group is decided layer by layer, which has no meaning when its members disagree about their order.
function checkGroups(findings: Findings, brand: LooseRecord): void {
  const settings = recordOf(brand.settings)
  const check = (place: string, names: unknown, type?: string): void => {
    const group = isTextList(names) ? names.map((name) => recordOf(settings[name])) : []
    const isGroup = group.length > 1 && group.every(({ type: own }) => own === (type ?? own) && own)
    const isKnown = findings.must(Boolean(isGroup), place, [
      'is no group of settings',
      `name two of the type '${type ?? 'text'}'`,
    ])
    const orders = new Set(group.map(({ precedence }) => JSON.stringify(precedence)))
    if (isKnown) {
      const problem = 'has settings with different precedence'
      findings.must(orders.size === 1, place, [problem, 'give all of them the same'])
    }
  }
  const { exclusive = [], organization } = brand
  for (const [index, names] of [exclusive].flat().entries()) check(`exclusive[${index}]`, names)
  if (organization === undefined) return
  const { id, slug } = recordOf(organization)
  check('organization', id === slug ? [] : [id, slug], 'text')
}

function checkKinds(findings: Findings, { kinds = {} }: LooseRecord): void {
  const taken = new Set<unknown>()
  for (const [name, shape] of Object.entries(recordOf(kinds))) {
    const place = `kinds.${name}`
    findings.must(!taken.has(shape), place, ['begins as another kind does', 'change one of them'])
    findings.must(/^[A-Za-z0-9_-]{2,64}$/.test(textOf(shape)), place, [
      'is not the beginning of a secret',
      "write 'acme_sk_', or 'jws' for JWTs",
    ])
    taken.add(shape)
  }
  findings.must(isRecord(kinds), 'kinds', ['is no list of kinds', "write { org: 'acme_sk_' }"])
}

/** Fields whose code comes with a function of ours, which knows what can be wrong with them. */
const PARTS = { preferStored: 'preferStored', store: 'sealedStore' }

function checkParts(findings: Findings, brand: LooseRecord): void {
  for (const [place, maker] of Object.entries(PARTS)) {
    const part = brand[place]
    if (part === undefined) continue
    const { check } = recordOf(part) as Partial<CheckedPart>
    const isOurs = typeof check === 'function'
    if (findings.must(isOurs, place, ['cannot be used', `use ${maker}(…)`]))
      check?.(findings, brand)
  }
}

function checkRoutes(findings: Findings, { routes = {} }: LooseRecord): void {
  const own = Object.entries(recordOf(routes))
  const place = (name: string): string => `routes.${name}`
  findings.known(
    own.map(([name]) => name),
    Object.keys(ROUTES),
    place,
  )
  for (const [name, route] of own) {
    const isRoute = /^(GET|POST|PUT|PATCH|DELETE) \/[^\s?#]*$/.test(textOf(route))
    findings.must(isRoute, place(name), ['has no method and path', "write 'POST /v1/keys'"])
  }
}

function checkErrors(findings: Findings, { errors = {} }: LooseRecord): void {
  const own = Object.entries(recordOf(errors))
  const place = (name: string): string => `errors.${name}`
  findings.known(
    own.map(([name]) => name),
    ERROR_NAMES,
    place,
  )
  for (const [name, called] of own) {
    const isName = CLASS_NAME.test(textOf(called))
    findings.must(isName, place(name), ['is no name for a class', "write 'AcmeConfigError'"])
  }
}
