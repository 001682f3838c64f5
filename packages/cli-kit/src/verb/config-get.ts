/** `config get`: what a setting is, wherever it comes from, alone on stdout; without a name what all of them are. */
import { describeSource, type ResolvedSetting, type Resolution } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import { tableLines } from '../output/table.ts'
import type { Context } from '../session/context.ts'
import { requireSetting } from '../session/named-setting.ts'
import { resolveNow, settingOf } from '../session/resolved.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'

export async function getSetting(context: Context, { argument, flags }: Given): Promise<void> {
  const { out } = context
  const profile = textFlag({ flags }, 'profile')
  const asked = argument === undefined ? undefined : requireSetting(context, argument)
  const resolution = resolveNow(context, { profile })
  if (asked === undefined) showAll(context, resolution)
  else {
    const found = valueIn(context, settingOf(resolution, asked.name))
    if (found === undefined) throw new Failure('not_found', `${asked.name} is not set.`)
    out.answer({ setting: asked.name, ...found }, [String(found.value)])
  }
  await Promise.resolve()
}

function showAll(context: Context, { settings }: Resolution): void {
  const found = settings.map((each) => ({ name: each.setting.name, ...valueIn(context, each) }))
  context.out.answer(
    found.map(({ name, value = null, source = null }) => ({ setting: name, value, source })),
    tableLines(found.map(({ name, value = 'not set', source = '' }) => [name, `${value}`, source])),
  )
}

/** What a setting is, and where that comes from. To print a secret is the work of other commands. */
function valueIn(
  { world }: Context,
  found: ResolvedSetting | undefined,
): { readonly value: string | number | boolean; readonly source: string } | undefined {
  if (found?.winner === undefined) return undefined
  const { value, shown, source } = found.winner
  const isShort =
    found.setting.type === 'credential' || value === undefined || typeof value === 'function'
  return { value: isShort ? shown : value, source: describeSource(source, world.home) }
}
