// `chronary agents availability`: when an agent is busy and free.

import type { Given, OwnContext } from '@keywright/cli-kit'
import { Chronary } from '../client.ts'

export async function showAvailability(
  own: OwnContext,
  { argument = '', flags }: Given,
): Promise<void> {
  const { from, to } = flags
  const range = {
    ...(typeof from === 'string' && { from }),
    ...(typeof to === 'string' && { to }),
  }
  const found = await own.client(Chronary).agents.availability(argument, range)
  const { agent_id, busy, free } = found
  const rows = [
    ...busy.map((span) => ({ ...span, what: 'busy' })),
    ...free.map((span) => ({ ...span, what: 'free' })),
  ].toSorted((a, b) => a.start.localeCompare(b.start))
  own.answer(
    {
      agent_id,
      from: found.from,
      to: found.to,
      busy: busy.map(({ start, end }) => ({ start, end })),
      free: free.map(({ start, end }) => ({ start, end })),
    },
    own.table(rows.map(({ start, end, what }) => [start, end, what])),
  )
}
