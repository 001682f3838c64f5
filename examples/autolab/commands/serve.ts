// `autolab serve`: this machine is an execution node of a project as long as the command runs. It says so every half
// minute, which also is how it learns that its token or its role has ended. Work to run is not part of this example.

import type { Given, OwnContext } from '@keywright/cli-kit'
import { APIError, AutoLab, ConnectionError } from '../client.ts'

/** Shorter than anybody waits to see that a node is gone. */
const BEAT_MS = 30_000

export async function serve(own: OwnContext, { flags }: Given): Promise<void> {
  const { owner, name: projectName } = own.project(flags['project'])
  const project = `${owner}/${projectName}`
  const { name = own.hostName } = flags
  const calls = own.client(AutoLab).project(project)
  const node = await calls.registerNode(String(name))
  own.answer({ id: node.id, name: node.name, project }, [node.id])
  own.note(`${node.name} is an execution node of ${project}. Ctrl-C ends it.`)
  let isAway = false
  for (;;) {
    await own.wait(BEAT_MS)
    const wasAway: boolean = isAway
    isAway = await calls.registerNode(node.name).then(() => false, stayIfPassing)
    if (isAway && !wasAway) own.warn('the control node cannot be reached; trying on.')
    if (!isAway && wasAway) own.note('The control node is back.')
  }
}

/** A control node that is away comes back. One that says no has decided: the command ends with what it said. */
function stayIfPassing(error: unknown): true {
  const isAnswer = error instanceof APIError
  if (error instanceof ConnectionError || (isAnswer && error.status >= 500)) return true
  if (isAnswer && error.status === 429) return true
  throw error
}
