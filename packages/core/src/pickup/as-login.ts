import type { Definition } from '../definition/definition.ts'
import type { Key } from '../key/key.ts'
import { isSpace, personIdOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'

/**
 * A key of the kind that logins give, picked up by a program that people log in with, is a login of that program: logging
 * out ends it, and a login of the same program on the same machine takes its place.
 */
export async function noteAsLogin(
  { login }: Definition,
  writes: Writes,
  given: {
    readonly key: Key
    readonly clientId: string | undefined
    readonly deviceName: string | null
  },
): Promise<void> {
  const { key, clientId, deviceName } = given
  const isLogin = login?.kind === key.kind && isSpace(key.holder)
  if (!isLogin || clientId === undefined || !login.clients.has(clientId)) return
  const personId = personIdOf(key.holder)
  await writes.insertLoginKey({ keyId: key.id, clientId, personId, deviceName })
}
