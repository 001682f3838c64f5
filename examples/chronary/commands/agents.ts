// `chronary agents`, for any client that has agents.

import type { OwnRun, ProductClient } from '@keywright/cli-kit'
import type { Chronary } from '../client.ts'

type WithAgents = ProductClient<{ readonly agents: Pick<Chronary['agents'], 'list' | 'create'> }>

export function listAgents(Client: WithAgents): OwnRun {
  return async (own) => {
    const agents = []
    for await (const { id, name, created_at } of own.client(Client).agents.list()) {
      agents.push({ id, name, created_at })
    }
    const rows = agents.map(({ id, name, created_at }) => [id, name, created_at])
    own.answer(agents, own.table(rows))
    if (agents.length === 0) own.note('There are no agents.')
  }
}

/** Prints the id alone, so that `AGENT=$(chronary agents create NAME)` is it. */
export function createAgent(Client: WithAgents): OwnRun {
  return async (own, { argument = '' }) => {
    const { id, name, created_at } = await own.client(Client).agents.create(argument)
    own.answer({ id, name, created_at }, [id])
    own.note(`Made ${name}.`)
  }
}
