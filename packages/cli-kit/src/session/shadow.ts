/** A stored login that something else hides is a login that seems not to have happened; it is said at once. */
import { describeSource } from '@keywright/client'
import { commandText } from './command-text.ts'
import type { Context } from './context.ts'
import { nextCommand } from './next-command.ts'
import { resolveNow, settingOf } from './resolved.ts'

/** Warns when the credential that counts from now on is not the one that was just stored, as it lies there. */
export function warnOfShadow(context: Context, stored: string): void {
  const { brand, out, world } = context
  const resolution = resolveNow(nextCommand(context))
  const winner = settingOf(resolution, brand.credential.name)?.winner
  if (winner === undefined || winner.value === stored) return
  const { source } = winner
  const place = describeSource(source, world.home)
  if (source.layer === 'environment') {
    out.warn(`${place} is set and counts before this login; to use the login, run: unset ${place}`)
  } else if (source.layer === 'files' && source.section !== undefined) {
    const change = commandText(context, 'switch')
    const how = change === undefined ? '' : `; \`${change}\` changes that`
    out.note(`The login ${source.section} still counts here${how}.`)
  } else {
    out.warn(`${place} counts before this login.`)
  }
}
