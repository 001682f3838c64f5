/** A stored login that something else hides is a login that seems not to have happened; it is said at once. */
import { describeSource } from '@keywright/client'
import type { Context } from './context.ts'
import { resolveNow, settingOf } from './resolved.ts'

/** Warns when the credential that counts from now on is not the one that was just stored. */
export function warnOfShadow(
  context: Context,
  stored: { readonly server: string; readonly credential: string },
): void {
  const { brand, out, world } = context
  const resolution = resolveNow(context)
  const winner = settingOf(resolution, brand.credential.name)?.winner
  if (winner === undefined || winner.value === stored.credential) return
  const place = describeSource(winner.source, world.home)
  if (winner.source.layer === 'environment') {
    out.warn(`${place} is set and counts before this login; to use the login, run: unset ${place}`)
  } else {
    out.warn(`${place} counts before this login.`)
  }
}
