import { compileIssuers } from '../issuer/issuer.ts'
import type { BuiltinScope } from '../scope/builtin.ts'
import { PEOPLE } from '../person/person.ts'
import { BUILTIN_SCOPES } from '../scope/builtin.ts'
import { expandGrants } from '../scope/grants.ts'
import { compileLogin } from '../login/compile.ts'
import { checkDefinition } from './check.ts'
import { compileLimits } from './compile-limits.ts'
import type { Definition, Head, Kind } from './definition.ts'
import { headOf } from './definition.ts'
import { DefinitionError } from './error.ts'
import type { CredentialHeader, DefinitionInput, ResourceTree, ScopeText } from './input.ts'
import { UNTIL_ENDED } from './input.ts'
import type { LooseDefinition } from './loose.ts'
import { listOf } from './loose.ts'
import { patternsOf } from './patterns.ts'

/**
 * Describes a key system: the one file of a product.
 *
 * @example
 * export default defineAuthority({
 *   product: { name: 'Chronary', slug: 'chronary' },
 *   resources: { organizations: { agents: {} } },
 *   scopes: ['agents:write', 'availability:read'],
 *   keys: {
 *     org: { prefix: 'chr_sk', bound: 'organizations', scopes: ['*'], single: true },
 *     agent: { prefix: 'chr_ak', bound: 'organizations/agents', scopes: ['availability:read'], mintedBy: ['org'] },
 *   },
 * })
 * @returns the checked definition, to open an authority with
 * @throws DefinitionError when it cannot be right, with every place and its fix
 */
export function defineAuthority<
  const Scope extends ScopeText,
  const Tree extends ResourceTree,
  const Kinds extends string,
  const Mode extends string = never,
  const Role extends string = never,
>(
  input: DefinitionInput<Scope, Tree, Kinds, Mode, Role>,
): Definition<Scope | BuiltinScope, Kinds, Mode, Role> {
  // From here on the input is data of unknown quality: a definition may be written in plain JavaScript.
  const loose = input as unknown as LooseDefinition
  const problems = checkDefinition(loose)
  if (problems.length > 0) throw new DefinitionError(problems)
  const modes = input.modes ?? []
  const kinds = new Map<string, Kind>()
  const heads = new Map<string, Head>()
  for (const [name, kindInput] of Object.entries(loose.keys)) {
    const { lifetime } = kindInput
    const seconds = typeof lifetime === 'object' ? lifetime : undefined
    const kind: Kind = {
      name,
      prefix: kindInput.prefix,
      bound: listOf(kindInput.bound),
      grants: kindInput.scopes,
      single: kindInput.single ?? false,
      mintedBy: kindInput.mintedBy ?? [],
      defaultSeconds: seconds?.default,
      maxSeconds: seconds?.max,
      isUntilEnded: lifetime === UNTIL_ENDED,
      limits: compileLimits(loose, name),
    }
    kinds.set(name, kind)
    for (const mode of modes.length > 0 ? modes : [null])
      heads.set(headOf(kind, mode), { kind, mode })
  }
  const headers: readonly CredentialHeader[] = input.headers ?? ['authorization']
  const scopes = [...input.scopes, ...BUILTIN_SCOPES]
  const roles = Object.entries<readonly string[]>(loose.roles ?? {})
  return Object.freeze({
    product: input.product,
    patterns: new Set([...patternsOf(input.resources), ...(roles.length > 0 ? [PEOPLE] : [])]),
    scopes,
    roles: new Map(roles.map(([name, grants]) => [name, [...expandGrants(grants, scopes)]])),
    modes,
    kinds,
    people: peopleOf(loose),
    heads,
    headers,
    issuers: compileIssuers(loose.issuers),
    login: compileLogin(loose.login),
  })
}

function peopleOf(definition: LooseDefinition): Kind {
  return {
    name: PEOPLE,
    prefix: '',
    bound: [PEOPLE],
    grants: ['*'],
    single: false,
    mintedBy: [],
    defaultSeconds: undefined,
    maxSeconds: undefined,
    isUntilEnded: false,
    limits: compileLimits(definition, PEOPLE),
  }
}
