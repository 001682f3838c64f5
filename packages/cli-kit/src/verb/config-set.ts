/** `config set` and `config unset`: settings in the file that people write too; comments and everything else stay. */
import { describeSource, readText, type Setting, type SettingValue } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import { commandText } from '../session/command-text.ts'
import type { Context } from '../session/context.ts'
import { isOfLogin, requireSetting } from '../session/named-setting.ts'
import { requireStore } from '../session/require-store.ts'
import { resolveNow, settingOf, valueOf } from '../session/resolved.ts'
import { sentence } from '../session/sentence.ts'
import { shownPath } from '../session/shown-path.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'

export async function setSetting(context: Context, given: Given): Promise<void> {
  const setting = requireStorable(context, given.argument)
  const read = readText(setting, given.rest[0] ?? '')
  if (!read.ok) throw new Failure('usage', sentence(`${setting.name} ${read.problem}`))
  const { profile } = await change(context, given, { setting, value: read.value })
  const winner = settingOf(resolveNow(context, { profile }), setting.name)?.winner
  if (winner !== undefined && winner.value !== read.value) {
    const place = describeSource(winner.source, context.world.home)
    context.out.warn(`${place} counts before what was stored.`)
  }
}

export async function unsetSetting(context: Context, given: Given): Promise<void> {
  const setting = requireStorable(context, given.argument)
  await change(context, given, { setting, value: undefined })
}

/** @throws Failure `usage` for what only a login stores */
function requireStorable(context: Context, name = ''): Setting {
  const { brand, line } = context
  const setting = requireSetting(context, name)
  if (!isOfLogin(brand, setting)) return setting
  throw new Failure('usage', `${name} is what a login stores.`, {
    hint: `Run \`${commandText(context, 'login') ?? line.name}\`, or set ${setting.variable}.`,
  })
}

interface Change {
  readonly setting: Setting
  /** Undefined takes it away. */
  readonly value: SettingValue | undefined
}

async function change(
  context: Context,
  { flags }: Given,
  { setting, value }: Change,
): Promise<{ readonly profile: string | undefined }> {
  const { brand, out, world } = context
  const { name } = setting
  const store = await requireStore(context)
  const resolution = resolveNow(context)
  const profile = textFlag({ flags }, 'profile') ?? resolution.profile
  // What names the same thing in another way would contradict it in the same file.
  const group = value === undefined ? [] : brand.exclusive.filter((each) => each.includes(name))
  const others = Object.fromEntries(group.flat().map((other) => [other, undefined]))
  const server = valueOf(resolution, brand.server.name) ?? ''
  const settings = { ...others, [name]: value }
  const path = await store.configure({ settings, profile, server })
  out.answer({ setting: name, value: value ?? null, file: path }, [])
  const done = value === undefined ? `Took ${name} away` : `Stored ${name}`
  out.note(`${done} (${shownPath(path, world)}).`)
  return { profile }
}
