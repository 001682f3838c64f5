/** `keywright keys revoke`: ends a key, and every key that was made with it. */
import { Failure, type Given, type OwnContext } from '@keywright/cli-kit'
import { Keywright } from '../../client/keywright.ts'
import { keyIdOf } from './key-id.ts'
import { isInUse } from './own-key.ts'

/** The key that the command itself runs with is ended only when somebody says so once more. */
export async function revokeKey(own: OwnContext, given: Given): Promise<void> {
  const id = keyIdOf(given)
  const client = own.client(Keywright)
  const shown = await client.keys.show(id)
  const isOwn = isInUse(client, shown)
  if (isOwn && !(await own.confirm(`${id} is the key that you are using. End it all the same?`))) {
    throw new Failure('failed', `${id} was left as it is.`)
  }
  const key = await client.keys.revoke(id)
  const used = key.last_used_at === null ? 'was never used' : `was last used ${key.last_used_at}`
  own.answer({ ...key }, [])
  own.note(`Revoked ${key.id}, and what was made with it. It ${used}.`)
  if (isOwn) {
    own.warn(
      'it was the key that you are using: log in with another. Where none is left, start the server once with --new-admin-key.',
    )
  }
}
