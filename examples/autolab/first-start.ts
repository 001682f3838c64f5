// What there is to try with: the project alice/nanochat with its owner and somebody who may only look. Everything that
// is shown is shown once.

import { randomBytes } from 'node:crypto'
import type { AutolabAuthority } from './api.ts'
import type { Data } from './data/open.ts'

const OWNER = { name: 'Alice', email: 'alice@autolab.example' }
const VIEWER = { name: 'Vera', email: 'vera@autolab.example' }
const PROJECT = 'nanochat'

/** The part of accounts that makes one. */
interface Accounts {
  add(request: {
    readonly name: string
    readonly email: string
    readonly password: string
  }): Promise<
    { readonly ok: true; readonly personId: string } | { readonly ok: false; detail: string }
  >
}

export interface FirstStart {
  readonly authority: AutolabAuthority
  readonly accounts: Accounts
  readonly data: Data
  readonly now: () => number
}

/** Makes the demonstration, unless it is there. @returns the lines to print */
export async function makeDemonstration(start: FirstStart): Promise<string[]> {
  const { authority, data, now } = start
  if (data.handles.personOf('alice') !== undefined) return []
  const alice = await addPerson(start, OWNER)
  const vera = await addPerson(start, VIEWER)
  const owner = data.handles.of({ id: alice.id, name: OWNER.name })
  data.handles.of({ id: vera.id, name: VIEWER.name })
  data.projects.create(owner, PROJECT, now())
  const { members } = authority.asOperator('first-start')
  const resource = `users/${alice.id}/projects/${PROJECT}`
  const granted = await members.grant({ personId: vera.id, resource, role: 'viewer' })
  if (!granted.ok) throw new Error(granted.detail)
  return [
    `owner token (shown once): ${alice.token}`,
    `viewer token (shown once): ${vera.token}`,
    `owner sign-in: ${OWNER.email}, password (shown once): ${alice.password}`,
  ]
}

async function addPerson(
  { authority, accounts }: FirstStart,
  { name, email }: { readonly name: string; readonly email: string },
): Promise<{ id: string; token: string; password: string }> {
  const password = randomBytes(15).toString('base64url')
  const added = await accounts.add({ name, email, password })
  if (!added.ok) throw new Error(added.detail)
  const id = added.personId
  const { keys } = authority.asOperator('first-start')
  const minted = await keys.mint('token', { resource: `users/${id}`, name: 'first-start' })
  if (!minted.ok || minted.secret === null) throw new Error('the first token could not be minted')
  return { id, token: minted.secret, password }
}
