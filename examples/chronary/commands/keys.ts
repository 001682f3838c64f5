// `chronary keys`: keys of agents, made and ended with the org key.

import type { Given, OwnContext } from '@keywright/cli-kit'
import { Chronary } from '../client.ts'

/** Prints the key alone, so that `AGENT_KEY=$(chronary keys create AGENT)` is it. */
export async function createKey(own: OwnContext, { argument = '', flags }: Given): Promise<void> {
  const { label } = flags
  const text = typeof label === 'string' ? label : undefined
  const { id, agent_id, key } = await own.client(Chronary).keys.create(argument, text)
  own.answer({ id, agent_id, label: text ?? null, key: key.reveal() }, [key.reveal()])
  own.note(`Made ${id} for ${agent_id}. It is shown once.`)
}

export async function listKeys(own: OwnContext): Promise<void> {
  const keys = []
  for await (const { id, prefix, agent_id, label, revoked_at } of own
    .client(Chronary)
    .keys.list()) {
    keys.push({ id, prefix, agent_id, label, revoked_at })
  }
  const rows = keys.map(({ id, prefix, agent_id, label, revoked_at }) => [
    id,
    `${prefix}…`,
    agent_id,
    revoked_at === null ? 'live' : `deleted ${revoked_at}`,
    label ?? '',
  ])
  own.answer(keys, own.table(rows))
  if (keys.length === 0) own.note('There are no keys of agents.')
}

export async function deleteKey(own: OwnContext, { argument = '' }: Given): Promise<void> {
  const { id, agent_id, revoked_at } = await own.client(Chronary).keys.delete(argument)
  own.answer({ id, agent_id, revoked_at }, [])
  own.note(`Deleted ${id} of ${agent_id}. It counts nowhere any more.`)
}
