// Names that mean nothing here. A definition is loaded without its types being looked at, and `limts` for `limits`
// would be a product without any: so an unknown name is a mistake and never left out.

import type { DefinitionProblem } from './error.ts'
import type { LoginInput } from './input.ts'
import type { LooseDefinition } from './loose.ts'

type Kind = LooseDefinition['keys'][string]

// As records, so that a name that the shape gains or loses is one here too.
const DEFINITION: Record<keyof LooseDefinition, true> = {
  product: true,
  resources: true,
  scopes: true,
  roles: true,
  modes: true,
  keys: true,
  limits: true,
  headers: true,
  issuers: true,
  login: true,
}
const PRODUCT: Record<keyof LooseDefinition['product'], true> = { name: true, slug: true }
const KIND: Record<keyof Kind, true> = {
  prefix: true,
  bound: true,
  scopes: true,
  single: true,
  mintedBy: true,
  lifetime: true,
}
type Lifetime = Exclude<Kind['lifetime'], string | undefined>
const LIFETIME: Record<keyof Lifetime, true> = { default: true, max: true }
const LOGIN: Record<keyof LoginInput, true> = { kind: true, clients: true, device: true }
const CLIENT: Record<keyof LoginInput['clients'][string], true> = { name: true }
const LIMITS: Record<keyof NonNullable<LooseDefinition['limits']>, true> = {
  rate: true,
  quota: true,
}

/** Every name in a definition that its shape does not have. */
export function checkFields(definition: LooseDefinition | undefined): DefinitionProblem[] {
  return [
    ...checkNames(undefined, definition, DEFINITION),
    ...checkNames('product', definition?.product, PRODUCT),
    ...checkNames('limits', definition?.limits, LIMITS),
    ...checkNames('login', definition?.login, LOGIN),
    ...Object.entries(definition?.login?.clients ?? {}).flatMap(([id, client]) =>
      checkNames(`login.clients.${id}`, client, CLIENT),
    ),
    ...Object.entries(definition?.keys ?? {}).flatMap(([name, kind]) => [
      ...checkNames(`keys.${name}`, kind, KIND),
      ...checkNames(`keys.${name}.lifetime`, kind?.lifetime, LIFETIME),
    ]),
  ]
}

function checkNames(above: string | undefined, value: unknown, known: object): DefinitionProblem[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.keys(value)
    .filter((name) => !Object.hasOwn(known, name))
    .map((name) => ({
      place: above === undefined ? name : `${above}.${name}`,
      problem: 'is no field of a definition',
      fix: `use ${Object.keys(known).join(', ')}`,
    }))
}
