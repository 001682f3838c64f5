/** `keywright keys ls`. */
import { type Given, type OwnContext, textFlag } from '@keywright/cli-kit'
import type { SeenKey } from '../../client/answers.ts'
import { Keywright } from '../../client/keywright.ts'
import { oneOf } from '../flag.ts'
import { STANDINGS, standingOf } from './standing.ts'

const HEAD = ['ID', 'KIND', 'KEY', 'RESOURCE', 'STANDING', 'NAME']

export async function listKeys(own: OwnContext, given: Given): Promise<void> {
  const keys: SeenKey[] = []
  const filter = {
    kind: textFlag(given, 'kind'),
    resource: textFlag(given, 'resource'),
    standing: oneOf(given, 'standing', STANDINGS),
  }
  for await (const key of own.client(Keywright).keys.list(filter)) keys.push(key)
  const rows = keys.map((key) => [
    key.id,
    key.kind,
    `${key.start}…`,
    key.resource,
    standingOf(key),
    key.name ?? '',
  ])
  own.answer(
    keys.map((key) => ({ ...key })),
    own.table(rows, HEAD),
  )
  if (keys.length === 0) own.note('There are no such keys.')
}
