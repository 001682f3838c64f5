/** `keywright keys show`: one key without its secret. */
import type { Given, OwnContext } from '@keywright/cli-kit'
import { Keywright } from '../../client/keywright.ts'
import { keyIdOf } from './key-id.ts'

export async function showKey(own: OwnContext, given: Given): Promise<void> {
  const key = await own.client(Keywright).keys.show(keyIdOf(given))
  const rows = Object.entries(key).flatMap(([name, value]: [string, unknown]) => {
    const text = Array.isArray(value) ? value.join(', ') : value
    const isShown = typeof text === 'string' && text !== ''
    return isShown ? [[name.replaceAll('_', ' '), text]] : []
  })
  own.answer({ ...key }, own.table(rows))
}
