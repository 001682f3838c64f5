/** `keywright keys create`. */
import { Failure, type Given, type OwnContext, textFlag } from '@keywright/cli-kit'
import { Keywright } from '../../client/keywright.ts'
import { secondsFlag } from '../flag.ts'
import { answerSecret } from './secret.ts'
import { sendKey } from './send.ts'

export async function createKey(own: OwnContext, given: Given): Promise<void> {
  const { argument: kind = '' } = given
  const resource = textFlag(given, 'resource')
  if (resource === undefined) {
    throw new Failure('usage', 'A key is bound to a resource.', {
      hint: 'Say --resource, as --resource organizations/default/agents/a1.',
    })
  }
  const client = own.client(Keywright)
  const wanted = {
    kind,
    resource,
    name: textFlag(given, 'name'),
    scopes: textFlag(given, 'scope')
      ?.split(',')
      .map((scope) => scope.trim()),
    mode: textFlag(given, 'mode'),
    expires_in: secondsFlag(given, 'expires'),
  }
  if (given.flags['send'] === true) return sendKey(own, client, wanted)
  const made = await client.keys.create(wanted)
  answerSecret(own, made)
  own.note(`Made ${made.id}. Its secret is shown once.`)
}
