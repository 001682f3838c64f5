// What makes a definition wrong, beyond what types can say. Each check gathers problems with their place and fix, so
// that a team sees everything at once instead of one error a start.

import { isCollection } from '../resource/parse.ts'
import { PEOPLE } from '../person/person.ts'
import { BUILTIN_NOUNS } from '../scope/builtin.ts'
import { checkFields } from './check-fields.ts'
import { checkIssuers } from './check-issuers.ts'
import { checkKinds } from './check-kinds.ts'
import { checkLimits } from './check-limits.ts'
import { checkLogin } from './check-login.ts'
import { checkRoles } from './check-roles.ts'
import type { DefinitionProblem } from './error.ts'
import type { ResourceTree } from './input.ts'
import type { LooseDefinition } from './loose.ts'

/** Everything wrong with a definition; empty when it is right. */
export function checkDefinition(definition: LooseDefinition): DefinitionProblem[] {
  const shape = checkShape(definition)
  const fields = checkFields(definition)
  if (shape.length > 0) return [...shape, ...fields]
  return [
    ...fields,
    ...checkProduct(definition),
    ...checkResources(definition),
    ...checkScopes(definition),
    ...checkModes(definition),
    ...checkHeaders(definition),
    ...checkRoles(definition),
    ...checkKinds(definition),
    ...checkLimits(definition),
    ...checkIssuers(definition),
    ...checkLogin(definition),
  ]
}

function checkShape(definition: LooseDefinition): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  const must = (place: string, holds: boolean, expected: string): void => {
    if (!holds) problems.push({ place, problem: 'is missing', fix: `give ${expected}` })
  }
  must('product', isObject(definition?.product), '{ name, slug }')
  must('resources', isObject(definition?.resources), 'the tree that keys are bound to')
  must('scopes', Array.isArray(definition?.scopes), 'the closed list of scopes')
  must('keys', isObject(definition?.keys), 'at least one kind of key')
  return problems
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function checkProduct({ product }: LooseDefinition): DefinitionProblem[] {
  if (typeof product.name === 'string' && /^[a-z][a-z0-9-]{0,62}$/.test(product.slug)) return []
  const fix =
    "write { name: 'Acme', slug: 'acme' }: the slug of lower-case letters, digits, hyphens"
  return [{ place: 'product', problem: 'needs a name and a slug', fix }]
}

function checkResources({ resources, roles }: LooseDefinition): DefinitionProblem[] {
  if (Object.keys(resources).length === 0) {
    const fix = 'name what keys are bound to, for instance { organizations: {} }'
    return [{ place: 'resources', problem: 'is empty', fix }]
  }
  const problems = checkCollections(resources, 'resources')
  if (!Object.hasOwn(resources, PEOPLE) || roles !== undefined) return problems
  const problem = 'holds the spaces of people, who can do nothing without roles'
  const fix = "declare roles: { owner: ['*'] }, or choose another name, as 'customers'"
  return [...problems, { place: `resources.${PEOPLE}`, problem, fix }]
}

function checkCollections(tree: ResourceTree, above: string): DefinitionProblem[] {
  return Object.entries(tree).flatMap(([name, below]) => {
    const place = `${above}.${name}`
    if (isCollection(name)) return checkCollections(below, place)
    const fix = 'use lower-case letters, digits, hyphens and underscores, starting with a letter'
    return [{ place, problem: 'is not a collection name', fix }]
  })
}

function checkScopes({ scopes }: LooseDefinition): DefinitionProblem[] {
  return scopes.flatMap((scope, index) => {
    const place = `scopes[${index}]`
    if (!/^[a-z][a-z0-9_-]*:[a-z][a-z0-9_-]*$/.test(scope)) {
      const fix = 'write noun:verb in lower case; wildcards belong to kinds and keys'
      return [{ place, problem: `'${scope}' is not a scope`, fix }]
    }
    const reserved = BUILTIN_NOUNS.find((noun) => scope.startsWith(`${noun}:`))
    if (reserved !== undefined) {
      const fix = `choose another noun, as 'api-${reserved}'; '${reserved}:*' is Keywright's own`
      return [{ place, problem: `'${scope}' takes a reserved noun`, fix }]
    }
    if (scopes.indexOf(scope) !== index) {
      return [{ place, problem: `'${scope}' is declared twice`, fix: 'remove one' }]
    }
    return []
  })
}

function checkModes({ modes }: LooseDefinition): DefinitionProblem[] {
  return (modes ?? []).flatMap((mode, index) => {
    const place = `modes[${index}]`
    if (!/^[a-z][a-z0-9]*$/.test(mode)) {
      const fix = "use lower-case letters and digits, as 'live'"
      return [{ place, problem: `'${mode}' cannot be part of a secret`, fix }]
    }
    if ((modes ?? []).indexOf(mode) !== index) {
      return [{ place, problem: `'${mode}' is declared twice`, fix: 'remove one' }]
    }
    return []
  })
}

function checkHeaders({ headers }: LooseDefinition): DefinitionProblem[] {
  if (headers === undefined) return []
  const fix = "list 'authorization' or headers that begin with x-, in lower case"
  if (headers.length === 0) return [{ place: 'headers', problem: 'is empty', fix }]
  return headers.flatMap((header, index) =>
    header === 'authorization' || /^x-[a-z0-9-]+$/.test(header)
      ? []
      : [{ place: `headers[${index}]`, problem: `'${header}' cannot carry a credential`, fix }],
  )
}
