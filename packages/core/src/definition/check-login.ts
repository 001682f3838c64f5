// What makes a login wrong. Who logs in is a person who makes a key for themself, so the kind has to be one of people
// and their role in their own space one that makes keys.

import { PEOPLE } from '../person/person.ts'
import { isGrantedBy } from '../scope/grants.ts'
import { BUILTIN_SCOPES } from '../scope/builtin.ts'
import { OWNER } from './check-roles.ts'
import type { DefinitionProblem } from './error.ts'
import type { LooseDefinition } from './loose.ts'

const CLIENT_NAME_LENGTH_MAX = 100

/** What is wrong with the login of a definition. */
export function checkLogin(definition: LooseDefinition): DefinitionProblem[] {
  const { login } = definition
  if (login === undefined) return []
  if (typeof login !== 'object' || login === null) {
    const fix = "write { kind: 'personal', clients: { acme: { name: 'Acme CLI' } } }"
    return [{ place: 'login', problem: 'is not a login', fix }]
  }
  return [
    ...checkKind(definition, login.kind),
    ...checkOwner(definition),
    ...checkClients(login.clients),
    ...checkDevice(login.device),
  ]
}

function checkKind({ keys }: LooseDefinition, name: unknown): DefinitionProblem[] {
  const place = 'login.kind'
  const personal = Object.entries(keys).filter(([, kind]) => kind.bound === PEOPLE)
  const names = personal.filter(([, kind]) => kind.single !== true).map(([each]) => each)
  const fix =
    names.length > 0
      ? `use ${names.join(' or ')}`
      : `declare a kind bound to '${PEOPLE}', not single, for the keys of people`
  const found = personal.find(([each]) => each === name)
  if (found === undefined) return [{ place, problem: 'is no kind of key that people hold', fix }]
  if (found[1].single !== true) return []
  const problem = 'is single, so a login on a second machine would be refused'
  return [{ place, problem, fix }]
}

function checkOwner({ roles, scopes }: LooseDefinition): DefinitionProblem[] {
  const owner = roles?.[OWNER]
  if (!Array.isArray(owner)) return []
  if (isGrantedBy(['keys:write'], owner, [...scopes, ...BUILTIN_SCOPES])) return []
  const problem = 'does not give keys:write, so nobody could make the key of their login'
  return [{ place: `roles.${OWNER}`, problem, fix: "add 'keys:write'" }]
}

function checkClients(clients: unknown): DefinitionProblem[] {
  const place = 'login.clients'
  const isList = typeof clients === 'object' && clients !== null && !Array.isArray(clients)
  if (!isList || Object.keys(clients).length === 0) {
    const fix = "name the programs, as { acme: { name: 'Acme CLI' } }"
    return [{ place, problem: 'is empty', fix }]
  }
  return Object.entries(clients).flatMap(([id, client]) =>
    checkClient(`${place}.${id}`, id, client),
  )
}

function checkClient(place: string, id: string, client: unknown): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(id)) {
    const fix = 'use lower-case letters, digits and hyphens, starting with a letter, at most 63'
    problems.push({ place, problem: 'is not a client_id', fix })
  }
  const name: unknown = (client as { name?: unknown } | null)?.name
  const isName =
    typeof name === 'string' &&
    name.trim() !== '' &&
    name.length <= CLIENT_NAME_LENGTH_MAX &&
    !/\p{C}/u.test(name)
  if (!isName) {
    const fix = `give the name that people read, as { name: 'Acme CLI' }, at most ${CLIENT_NAME_LENGTH_MAX} characters`
    problems.push({ place: `${place}.name`, problem: 'is not a name', fix })
  }
  return problems
}

function checkDevice(device: unknown): DefinitionProblem[] {
  if (device === undefined || typeof device === 'boolean') return []
  return [{ place: 'login.device', problem: 'is neither true nor false', fix: 'use true or false' }]
}
