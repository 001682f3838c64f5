/** `keywright keys create --send`: a one-time code for another machine; the key is made when that redeems it. */
import { Failure, type OwnContext } from '@keywright/cli-kit'
import { brand } from '../../brand.ts'
import type { Keywright, NewKey } from '../../client/keywright.ts'

export async function sendKey(own: OwnContext, client: Keywright, wanted: NewKey): Promise<void> {
  const { id, pickup_code: code, kind, resource, mode, expires_at } = await client.keys.send(wanted)
  if (code === undefined) {
    throw new Failure('failed', `${id} was promised, and the answer with its code was lost.`, {
      hint: 'It ends by itself; run the command again.',
    })
  }
  const { serverUrl } = client.settings
  const isKnown = serverUrl === brand.server.default
  const command = `keywright login --pickup${isKnown ? '' : ` --server-url ${serverUrl}`}`
  own.note(
    `On the other machine run \`${command}\` and type this code. It works once, until ${expires_at}.`,
  )
  own.answer({ id, kind, resource, mode, code, expires_at, command }, [code])
}
