import { covers } from '../resource/covers.ts'
import { parseResource } from '../resource/parse.ts'
import { resolveOwn } from '../resource/resolve.ts'
import type { ActorNow } from './actor.ts'
import type { ChangeRefused } from './outcome.ts'
import { refused } from './outcome.ts'

/** The part of all rows that an actor may look at: a resource with everything below, in one mode. */
export interface View {
  readonly resource: string | null
  readonly mode?: string | null
}

/** What the actor may see, narrowed to a resource that it asks for. */
export function narrowView(
  { principal }: ActorNow,
  wanted: string | undefined,
): { ok: true; view: View } | ChangeRefused {
  if (wanted !== undefined && parseResource(wanted) === undefined) {
    return refused('invalid_resource', 'resource is not a resource name, as organizations/{id}.')
  }
  if (principal === null) return { ok: true, view: { resource: wanted ?? null } }
  const { resource: own, mode } = principal
  if (wanted === undefined) return { ok: true, view: { resource: own, mode } }
  const resource = resolveOwn(wanted, own)
  if (resource !== undefined && covers(own, resource)) return { ok: true, view: { resource, mode } }
  return refused('outside_resource', `This key is bound to ${own} and sees only what is below it.`)
}
