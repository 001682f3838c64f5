import { isGrant } from '../scope/grants.ts'
import { BUILTIN_SCOPES } from '../scope/builtin.ts'
import type { DefinitionProblem } from './error.ts'
import { UNTIL_ENDED } from './input.ts'
import type { LooseDefinition } from './loose.ts'
import { listOf } from './loose.ts'
import { PEOPLE } from '../person/person.ts'
import { isAtOrBelow, patternsOf } from './patterns.ts'

type Kind = LooseDefinition['keys'][string]

const PREFIX_LENGTH_MAX = 32

/** What is wrong with the kinds of keys: prefixes, bindings, scopes, minters, lifetimes. */
export function checkKinds(definition: LooseDefinition): DefinitionProblem[] {
  const kinds = Object.entries(definition.keys)
  if (kinds.length === 0) {
    return [{ place: 'keys', problem: 'is empty', fix: 'describe at least one kind of key' }]
  }
  return [
    ...checkNames(kinds),
    ...checkCollisions(definition, kinds),
    ...kinds.flatMap(([name, kind]) => [
      ...checkName(name),
      ...checkPrefix(name, kind),
      ...checkBound(definition, name, kind),
      ...checkGrants(definition, name, kind),
      ...checkMinters(definition, name, kind),
      ...checkLifetime(name, kind),
    ]),
  ]
}

// In `mintedBy` the word means people themselves, as they are signed in.
function checkNames(kinds: readonly [string, Kind][]): DefinitionProblem[] {
  if (!kinds.some(([name]) => name === PEOPLE)) return []
  const problem = 'is reserved for people, so no kind can be called so'
  return [{ place: `keys.${PEOPLE}`, problem, fix: "call the kind 'personal'" }]
}

// Two heads collide when they are equal: `chr_sk` in mode `live` and another kind's prefix `chr_sk_live` cannot be told apart.
function checkCollisions(
  { modes }: LooseDefinition,
  kinds: readonly [string, Kind][],
): DefinitionProblem[] {
  const taken = new Map<string, string>()
  const problems: DefinitionProblem[] = []
  for (const [name, kind] of kinds) {
    for (const head of modes?.length ? modes.map((m) => `${kind.prefix}_${m}`) : [kind.prefix]) {
      const other = taken.get(head)
      if (other !== undefined && other !== name) {
        problems.push({
          place: `keys.${name}.prefix`,
          problem: `secrets would begin with '${head}_', as those of '${other}' do`,
          fix: 'give each kind a prefix of its own',
        })
      }
      taken.set(head, name)
    }
  }
  return problems
}

// The name goes out in a header of forward-auth, where not every character may stand.
function checkName(name: string): DefinitionProblem[] {
  if (/^[A-Za-z][A-Za-z0-9_-]{0,63}$/.test(name)) return []
  const problem = 'is not a name for a kind of key'
  const fix = 'use letters, digits, hyphens and underscores, starting with a letter, at most 64'
  return [{ place: `keys.${name}`, problem, fix }]
}

function checkPrefix(name: string, kind: Kind): DefinitionProblem[] {
  const fits = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/.test(kind.prefix ?? '')
  if (fits && kind.prefix.length <= PREFIX_LENGTH_MAX) return []
  const problem = `'${kind.prefix}' cannot begin a secret`
  const fix = `use lower-case letters, digits and single underscores, as 'acme_sk', at most ${PREFIX_LENGTH_MAX} long`
  return [{ place: `keys.${name}.prefix`, problem, fix }]
}

function checkBound(definition: LooseDefinition, name: string, kind: Kind): DefinitionProblem[] {
  const place = `keys.${name}.bound`
  const bound = listOf(kind.bound)
  if (bound.includes(PEOPLE)) return checkBoundToPeople(definition, place, bound)
  const patterns = patternsOf(definition.resources)
  const fix = `use one of ${[...patterns].join(', ')}`
  if (bound.length === 0) return [{ place, problem: 'names nothing', fix }]
  return bound
    .filter((pattern) => !patterns.has(pattern))
    .map((pattern) => {
      return { place, problem: `'${pattern}' is not a pattern of the resource tree`, fix }
    })
}

// A key is held by a person or by a resource, and its kind says which.
function checkBoundToPeople(
  { roles }: LooseDefinition,
  place: string,
  bound: readonly string[],
): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  if (roles === undefined) {
    const problem = 'holds keys of people, who can do nothing without roles'
    problems.push({ place, problem, fix: "declare roles: { owner: ['*'] }" })
  }
  if (bound.length > 1) {
    const fix = `write '${PEOPLE}' alone, and make another kind for the others`
    problems.push({ place, problem: `names '${PEOPLE}' and others`, fix })
  }
  return problems
}

function checkGrants(definition: LooseDefinition, name: string, kind: Kind): DefinitionProblem[] {
  const place = `keys.${name}.scopes`
  if (!Array.isArray(kind.scopes) || kind.scopes.length === 0) {
    return [{ place, problem: 'is empty: such a key could do nothing', fix: 'list its scopes' }]
  }
  const declared = [...definition.scopes, ...BUILTIN_SCOPES]
  return kind.scopes.flatMap((grant, index) =>
    isGrant(grant, declared)
      ? []
      : [
          {
            place: `${place}[${index}]`,
            problem: `'${grant}' matches no declared scope`,
            fix: `declare it in scopes, or use one of ${declared.join(', ')}, noun:* or *`,
          },
        ],
  )
}

function checkMinters(definition: LooseDefinition, name: string, kind: Kind): DefinitionProblem[] {
  return (kind.mintedBy ?? []).flatMap((minter, index) => {
    const place = `keys.${name}.mintedBy[${index}]`
    if (minter === PEOPLE) return checkPeopleMint(definition, place)
    const parent = definition.keys[minter]
    if (parent === undefined) {
      const fix = `use one of ${Object.keys(definition.keys).join(', ')}`
      return [{ place, problem: `no kind is called '${minter}'`, fix }]
    }
    // A person's key reaches wherever the person does; only keys of people make keys of people.
    const above = listOf(parent.bound)
    if (above.includes(PEOPLE)) return []
    // A child's resource lies at or below its parent's, so a parent bound elsewhere could never mint one.
    const bound = listOf(kind.bound)
    if (above.some((pattern) => bound.some((below) => isAtOrBelow(below, pattern)))) return []
    const problem = `'${minter}' is bound to '${above.join(', ')}', which does not cover '${bound.join(', ')}'`
    return [{ place, problem, fix: 'bind the minting kind at or above the kinds it mints' }]
  })
}

function checkPeopleMint({ roles }: LooseDefinition, place: string): DefinitionProblem[] {
  if (roles !== undefined) return []
  const problem = 'lets people mint, who can do nothing without roles'
  return [{ place, problem, fix: "declare roles: { owner: ['*'] }" }]
}

function checkLifetime(name: string, { lifetime }: Kind): DefinitionProblem[] {
  if (lifetime === undefined || lifetime === UNTIL_ENDED) return []
  const place = `keys.${name}.lifetime`
  if (typeof lifetime !== 'object' || lifetime === null) {
    const fix = `write '${UNTIL_ENDED}', or { default: days(90) }`
    return [{ place, problem: 'is no lifetime', fix }]
  }
  const bad = Object.entries(lifetime).filter(([, s]) => !Number.isSafeInteger(s) || s <= 0)
  if (bad.length > 0) {
    const problem = `${bad.map(([word]) => word).join(' and ')} must be whole seconds above 0`
    return [{ place, problem, fix: 'use days(90) or hours(12)' }]
  }
  if (lifetime.max !== undefined && (lifetime.default ?? 0) > lifetime.max) {
    return [{ place, problem: 'default is longer than max', fix: 'lower default or raise max' }]
  }
  return []
}
