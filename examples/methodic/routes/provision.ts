// Provisioning: a run gets an instance, and the instance a key that reaches this run alone. The key is made on behalf of
// the caller, so it is no wider than theirs and ends with it; it goes into the environment of the instance and nowhere
// else.

import type { Principal } from 'keywright'
import type { Refusal } from 'keywright/fastify'
import type { Api } from '../api.ts'
import type { Instance } from '../data/instances.ts'
import type { Run, RunName } from '../data/runs.ts'
import type { OfRun } from './find-run.ts'
import { findRun } from './find-run.ts'
import { FINISHED } from './runs.ts'
import { showRun } from './show-run.ts'

/** Who ends keys of instances, in the audit log. */
const INSTANCE_ENDED = 'instance-ended'

export function provisionRoutes(api: Api): void {
  const { app, guard, data, now } = api

  app.post<OfRun>(
    '/experiments/:experiment/variations/:variation/runs/:run/provision',
    { onRequest: guard('runs:write') },
    async (request, reply) => {
      const principal = guard.principal(request)
      const run = findRun(api, principal, { params: request.params, scope: 'runs:write' })
      if ('code' in run) return guard.refuse(request, reply, run)
      const instance = data.instances.claim(run.resource, now())
      if (instance === undefined) {
        // Asked again while its instance lives, however often: there is one, and nothing new was made.
        const isFinished = data.runs.find(nameOf(run))?.finished_at !== null
        return isFinished ? guard.refuse(request, reply, FINISHED) : showRun(api, run)
      }
      const refusal = await startInstance(api, principal, { run, instance })
      if (refusal !== undefined) return guard.refuse(request, reply, refusal)
      return reply.code(201).send(showRun(api, run))
    },
  )
}

function nameOf({ experiment_id, variation, number }: Run): RunName {
  return { experimentId: experiment_id, variation, number }
}

interface Started {
  readonly run: Run
  readonly instance: Instance
}

async function startInstance(
  api: Api,
  principal: Principal,
  { run, instance }: Started,
): Promise<Refusal | undefined> {
  const { app, authority, data, runner } = api
  const { id } = instance
  let key_id: string | undefined
  let isStarted = false
  try {
    const { keys } = authority.as(principal)
    const name = `worker of ${id}`
    const minted = await keys.mint('worker', { resource: run.resource, name })
    if (!minted.ok) return minted
    key_id = minted.key.id
    data.instances.setKey(id, key_id)
    const environment = environmentOf(run, { url: app.listeningOrigin, key: minted.secret ?? '' })
    const onEnd = (ending: string) => endInstance(api, { id, key_id: minted.key.id }, ending)
    await runner.start({ id, run: run.resource, environment, onEnd })
    isStarted = true
    // Finished while it was started: its key is dead already.
    if (data.runs.find(nameOf(run))?.finished_at !== null) runner.wind(run.resource)
    return undefined
  } finally {
    if (!isStarted) {
      data.instances.release(id)
      // Nobody was told its secret, so nothing comes of it should this fail too.
      if (key_id !== undefined) await authority.asOperator(INSTANCE_ENDED).keys.revoke(key_id)
    }
  }
}

/** All that an instance knows. */
function environmentOf(
  { experiment_id, variation, number }: Run,
  { url, key }: { readonly url: string; readonly key: string },
): Readonly<Record<string, string>> {
  return {
    CHRONICLE_SERVER_URL: url,
    CHRONICLE_API_KEY: key,
    CHRONICLE_EXPERIMENT_ID: experiment_id,
    CHRONICLE_VARIATION: String(variation),
    CHRONICLE_RUN: String(number),
  }
}

// The end of an instance: its key first, so that none is alive when the run can be provisioned again. Where that fails
// the run stays as it is, and the next start ends what was left. Without a note of a key there is none that was told.
async function endInstance(
  { authority, data, now }: Pick<Api, 'authority' | 'data' | 'now'>,
  { id, key_id }: Pick<Instance, 'id' | 'key_id'>,
  ending: string,
): Promise<void> {
  if (key_id !== null) {
    const revoked = await authority.asOperator(INSTANCE_ENDED).keys.revoke(key_id)
    if (!revoked.ok) throw new Error(revoked.detail)
  }
  data.instances.end(id, { at: now(), ending })
}

/** Ends what a server that went away left behind: whatever still runs there can do nothing more. */
export async function endLostInstances(
  api: Pick<Api, 'authority' | 'data' | 'now'>,
): Promise<void> {
  for (const instance of api.data.instances.living()) {
    await endInstance(api, instance, 'lost')
  }
}
