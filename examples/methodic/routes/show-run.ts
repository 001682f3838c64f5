import type { Api } from '../api.ts'
import type { Instance } from '../data/instances.ts'
import type { Run } from '../data/runs.ts'
import { instantOf } from '../instant-of.ts'

/** A run on the wire, with the newest instance that was started for it. */
export function showRun({ data }: Pick<Api, 'data'>, run: Run): object {
  const { experiment_id, variation, number, created_at, outcome, finished_at, resource } = run
  const instance = data.instances.latest(resource)
  return {
    experiment_id,
    variation,
    run: number,
    status: statusOf(run, instance),
    outcome,
    created_at: instantOf(created_at),
    finished_at: finished_at === null ? null : instantOf(finished_at),
    instance: instance === undefined ? null : showInstance(instance),
  }
}

function statusOf({ finished_at }: Run, instance: Instance | undefined): string {
  if (finished_at !== null) return 'finished'
  if (instance === undefined) return 'created'
  return instance.ended_at === null ? 'running' : 'interrupted'
}

/** An instance on the wire. Its key is named and never shown: it is in the environment of the instance alone. */
function showInstance({ id, key_id, started_at, ended_at, ending }: Instance): object {
  return {
    id,
    key_id,
    started_at: instantOf(started_at),
    ended_at: ended_at === null ? null : instantOf(ended_at),
    ending,
  }
}
