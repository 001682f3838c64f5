/** Products whose people can say that the stored login goes before the environment, and what is said until they do. */
import { describeSource, type Resolution } from '@keywright/client'
import { commandText } from './command-text.ts'
import type { Context } from './context.ts'

/**
 * A variable that was set for something else would act, and be billed, as somebody else without a word: a command that uses
 * one in place of another stored login says so, until the person has chosen.
 */
export function noteHiddenLogin(context: Context, resolution: Resolution): void {
  const { brand, out, world } = context
  const { preferStored } = brand
  if (preferStored === undefined || hasChosen(context, resolution)) return
  const found = resolution.settings.find(({ setting }) => setting === brand.credential)
  const { winner, shadowed = [] } = found ?? {}
  if (winner?.source.layer !== 'environment') return
  const hidden = shadowed.find(({ source }) => source.layer === 'files')
  if (hidden === undefined || hidden.value === winner.value) return
  const place = describeSource(winner.source, world.home)
  const stored = describeSource(hidden.source, world.home)
  const set = commandText(context, 'config set')
  const variable = brand.settings.find(({ name }) => name === preferStored.setting)?.variable ?? ''
  const how = set === undefined ? `set ${variable} to` : `run: ${set} ${preferStored.setting}`
  out.noteOnce(
    `${place} counts, and not the stored login in ${stored}. To choose, ${how} true (or false).`,
  )
}

/** Whether somebody said which of the two goes first. */
export function hasChosen({ brand }: Context, { settings }: Resolution): boolean {
  const winner = settings.find(
    ({ setting }) => setting.name === brand.preferStored?.setting,
  )?.winner
  return winner !== undefined && winner.source.layer !== 'default'
}
