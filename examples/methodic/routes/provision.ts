// Provisioning: a run gets an instance, and the instance a key that reaches this run alone. The key is made on behalf of
// the caller, so it is no wider than theirs and ends with it; it goes into the environment of the instance and nowhere
// else.

import type { Principal } from 'keywright'
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

async function startInstance(api: Api, principal: Principal, { run, instance }: Started) {
  const { app, authority, data, runner } = api
  let keyId: string | undefined
  let isStarted = false
  try {
    const { keys } = authority.as(principal)
    const name = `worker of ${instance.id}`
    const minted = await keys.mint('worker', { resource: run.resource, name })
    if (!minted.ok) return minted
    keyId = minted.key.id
    data.instances.setKey(instance.id, keyId)
    await runner.start({
      id: instance.id,
      run: run.resource,
      environment: {
        CHRONICLE_SERVER_URL: app.listeningOrigin,
        CHRONICLE_API_KEY: minted.secret ?? '',
        CHRONICLE_EXPERIMENT_ID: run.experiment_id,
        CHRONICLE_VARIATION: String(run.variation),
        CHRONICLE_RUN: String(run.number),
      },
      onEnd: (ending) => endInstance(api, instance, ending),
    })
    isStarted = true
    return undefined
  } finally {
    if (!isStarted) {
      data.instances.release(instance.id)
      // Nobody was told its secret, so nothing comes of it should this fail too.
      if (keyId !== undefined) await authority.asOperator(INSTANCE_ENDED).keys.revoke(keyId)
    }
  }
}

// The end of an instance: its key first, so that none is alive when the run can be provisioned again. Where that fails
// the run stays as it is, and the next start ends what was left.
async function endInstance(
  api: Pick<Api, 'authority' | 'data' | 'now'>,
  { id, run }: Instance,
  ending: string,
): Promise<void> {
  await revokeWorkers(api, run)
  api.data.instances.end(id, { at: api.now(), ending })
}

/** Ends what a server that went away left behind: whatever still runs there has a key that is nobody's. */
export async function endLostInstances(
  api: Pick<Api, 'authority' | 'data' | 'now'>,
): Promise<void> {
  for (const instance of api.data.instances.living()) {
    await endInstance(api, instance, 'lost')
  }
}

// By resource and not by id: a crash may have come between a key and its note.
async function revokeWorkers({ authority }: Pick<Api, 'authority'>, run: string): Promise<void> {
  const { keys } = authority.asOperator(INSTANCE_ENDED)
  const listed = await keys.list({ kind: 'worker', resource: run, standing: 'live' })
  if (!listed.ok) throw new Error(listed.detail)
  for (const { id } of listed.keys) await keys.revoke(id)
}
