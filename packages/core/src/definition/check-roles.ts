import { BUILTIN_SCOPES } from '../scope/builtin.ts'
import { isGrant } from '../scope/grants.ts'
import type { DefinitionProblem } from './error.ts'
import type { LooseDefinition } from './loose.ts'

/** The role that everybody has in their own space, and that a resource never loses once somebody has it there. */
export const OWNER = 'owner'

/** What is wrong with the roles of people. */
export function checkRoles(definition: LooseDefinition): DefinitionProblem[] {
  const { roles } = definition
  if (roles === undefined) return []
  const names = Object.keys(roles)
  const problems: DefinitionProblem[] = []
  if (names[0] !== OWNER) {
    const problem = `begins with '${names[0] ?? 'nothing'}'`
    problems.push({ place: 'roles', problem, fix: `put '${OWNER}' first: it is the widest role` })
  }
  return [...problems, ...names.flatMap((name) => checkRole(definition, name))]
}

function checkRole({ roles, scopes }: LooseDefinition, name: string): DefinitionProblem[] {
  const place = `roles.${name}`
  if (!/^[a-z][a-z0-9_-]{0,62}$/.test(name)) {
    const fix = 'use lower-case letters, digits, hyphens and underscores, starting with a letter'
    return [{ place, problem: 'is not the name of a role', fix }]
  }
  const grants = roles?.[name]
  if (!Array.isArray(grants) || grants.length === 0) {
    return [{ place, problem: 'is empty: it would give nothing', fix: 'list its scopes' }]
  }
  const declared = [...scopes, ...BUILTIN_SCOPES]
  const fix = `declare it in scopes, or use one of ${declared.join(', ')}, noun:* or *`
  return grants.flatMap((grant: string, index) =>
    isGrant(grant, declared)
      ? []
      : [{ place: `${place}[${index}]`, problem: `'${grant}' matches no declared scope`, fix }],
  )
}
