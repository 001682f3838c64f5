/** `keywright keys revoke`: ends a key, and every key that was made with it. */
import type { Given, OwnContext } from '@keywright/cli-kit'
import { Keywright } from '../../client/keywright.ts'

export async function revokeKey(own: OwnContext, { argument = '' }: Given): Promise<void> {
  const key = await own.client(Keywright).keys.revoke(argument)
  const used = key.last_used_at === null ? 'was never used' : `was last used ${key.last_used_at}`
  own.answer({ ...key }, [])
  own.note(`Revoked ${key.id}, and what was made with it. It ${used}.`)
}
