/** `config get`: what a setting is, wherever it comes from, alone on stdout. */
import { describeSource } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { requireSetting } from '../session/named-setting.ts'
import { resolveNow, settingOf } from '../session/resolved.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'

export async function getSetting(context: Context, { argument = '', flags }: Given): Promise<void> {
  const { out, world } = context
  const { name, type } = requireSetting(context, argument)
  const profile = textFlag({ flags }, 'profile')
  const winner = settingOf(resolveNow(context, { profile }), name)?.winner
  if (winner === undefined) throw new Failure('not_found', `${name} is not set.`)
  // To print a secret is the work of other commands.
  const { value } = winner
  const isShort = type === 'credential' || value === undefined || typeof value === 'function'
  const shown = isShort ? winner.shown : value
  const source = describeSource(winner.source, world.home)
  out.answer({ setting: name, value: shown, source }, [String(shown)])
  await Promise.resolve()
}
