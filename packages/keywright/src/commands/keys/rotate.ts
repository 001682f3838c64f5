/** `keywright keys rotate`: a new secret for the same key. */
import type { Given, OwnContext } from '@keywright/cli-kit'
import { Keywright } from '../../client/keywright.ts'
import { secondsFlag } from '../flag.ts'
import { keyIdOf } from './key-id.ts'
import { isInUse } from './own-key.ts'
import { answerSecret } from './secret.ts'

export async function rotateKey(own: OwnContext, given: Given): Promise<void> {
  const id = keyIdOf(given)
  const client = own.client(Keywright)
  // Asked before: afterwards the secret of this very login may count no more.
  const shown = await client.keys.show(id)
  const made = await client.keys.rotate(id, secondsFlag(given, 'overlap'))
  answerSecret(own, made)
  own.note(
    `${made.id} has a new secret, shown once. The earlier one ends ${made.previous_ends_at}.`,
  )
  if (isInUse(client, shown)) {
    own.warn('it is the key that this command used: log in again, or set the new secret there.')
  }
}
