/** `keywright events`: what happened, oldest first. */
import { type Given, type OwnContext, textFlag } from '@keywright/cli-kit'
import type { ShownEvent } from '../client/answers.ts'
import { Keywright } from '../client/keywright.ts'
import { countFlag } from './flag.ts'
import { keyId } from './keys/key-id.ts'

export async function showEvents(own: OwnContext, given: Given): Promise<void> {
  const limit = countFlag(given, 'limit') ?? Infinity
  const key = textFlag(given, 'key')
  const filter = {
    key_id: key === undefined ? undefined : keyId(key),
    resource: textFlag(given, 'resource'),
    type: textFlag(given, 'type'),
  }
  const events: ShownEvent[] = []
  for await (const event of own.client(Keywright).events(filter)) {
    events.push(event)
    if (events.length >= limit) break
  }
  const rows = events.map(({ seq, at, type, actor, key_id, resource }) => [
    String(seq),
    at,
    type,
    key_id ?? '',
    resource,
    `by ${actor}`,
  ])
  own.answer(
    events.map((event) => ({ ...event })),
    own.table(rows),
  )
  if (events.length === 0) own.note('Nothing of the sort has happened.')
}
