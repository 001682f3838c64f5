/** `why`: every place where a setting was found, which one counts, and what to change. */
import { type ExplainedValue, explainResolution } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import type { Json } from '../output/output.ts'
import type { Context } from '../session/context.ts'
import { resolveNow } from '../session/resolved.ts'
import { placeText } from '../session/place-text.ts'
import { sentence } from '../session/sentence.ts'
import { shownPath } from '../session/shown-path.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'

export async function why(context: Context, { argument, flags }: Given): Promise<void> {
  const { out, world, brand } = context
  const profile = textFlag({ flags }, 'profile')
  const resolution = resolveNow(context, { profile, isOpening: true })
  const explanation = explainResolution(resolution, world.home)
  const settings = explanation.settings.filter(
    ({ setting }) => argument === undefined || setting === argument,
  )
  if (settings.length === 0) {
    const names = brand.settings.map(({ name }) => name).join(', ')
    throw new Failure('usage', `There is no setting ${argument ?? ''}.`, {
      hint: `There are ${names}.`,
    })
  }
  const lines = settings.flatMap(({ setting, winner, shadowed }) => [
    out.dataStyle('bold', setting),
    winner === undefined ? '  not set' : `  ${winner.value}  from ${winner.source}`,
    ...(winner?.sealed === undefined ? [] : [`    ${placeText(context, winner.sealed)}`]),
    ...(winner?.problem === undefined ? [] : [`    cannot be used: ${winner.problem}`]),
    ...shadowed.map(({ value, source }) => `  (${value}  in ${source} does not count)`),
  ])
  const files = resolution.files.map(({ path, exists }) => {
    return `${shownPath(path, world)}${exists ? '' : '  (not there)'}`
  })
  out.answer(
    {
      settings: settings.map(({ setting, winner, shadowed }) => ({
        setting,
        winner: winner === undefined ? null : jsonOf(winner),
        shadowed: shadowed.map(jsonOf),
      })),
      files: resolution.files.map(({ path, exists }) => ({ path, exists })),
      profile: resolution.profile ?? null,
      problems: explanation.problems.map(({ code, problem, fix }) => ({ code, problem, fix })),
      warnings: explanation.warnings,
    },
    [
      ...lines,
      out.dataStyle('bold', 'files, those that count first'),
      ...files.map((file) => `  ${file}`),
    ],
  )
  for (const warning of explanation.warnings) out.warn(warning)
  for (const { problem, fix } of explanation.problems)
    out.warn(`${sentence(problem)} ${sentence(fix)}`)
  await Promise.resolve()
}

function jsonOf({ value, source, problem, sealed }: ExplainedValue): Json {
  return { value, source, problem: problem ?? null, ...(sealed && { sealed }) }
}
