/** `status`: what the SDK would resolve right now, the credential masked, and whether the server takes it. */
import { explainResolution, type Resolution } from '@keywright/client'
import { askIdentity } from '../api/identity.ts'
import { Failure } from '../output/failure.ts'
import { tableLines } from '../output/table.ts'
import { jwtEndOf } from '../secret/jwt-end.ts'
import type { Context } from '../session/context.ts'
import { durationOf } from '../session/duration.ts'
import { openSession } from '../session/open-session.ts'
import { notLoggedIn, requireLogin, resolveNow, settingOf } from '../session/resolved.ts'
import { placeText, storedPlaceOf } from '../session/place-text.ts'
import { sentence } from '../session/sentence.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'

/** Exit code 4 when there is no credential, when the server rejects it, or when it ends before `--min-ttl`. */
export async function status(context: Context, given: Given): Promise<void> {
  const profile = textFlag(given, 'profile')
  const resolution = resolveNow(context, { profile, isOpening: true })
  const asked = textFlag(given, 'minTtl')
  const minimum = asked === undefined ? undefined : durationOf(asked)
  const isAsking = given.flags['offline'] !== true || minimum !== undefined
  const isLoggedIn = settingOf(resolution, context.brand.credential.name)?.winner !== undefined
  show(context, resolution)
  // A file that cannot be read may well hold the login.
  const isHidden = !isLoggedIn && resolution.problems.some(({ code }) => code.endsWith('_file'))
  warn(context, resolution, isHidden || (isAsking && isLoggedIn))
  if (isHidden) requireLogin(context, { profile })
  if (!isLoggedIn) throw notLoggedIn(context)
  if (!isAsking) return
  const { login, api } = openSession(context, { profile })
  const identity = await askIdentity(api, context.brand)
  const end = identity.expiresAt ?? jwtEndOf(login.credential)
  if (minimum !== undefined) requireLife(context, end, minimum)
  const until = end === undefined ? '' : ` It ends at ${end}.`
  context.out.note(`${login.server} accepts it: ${identity.name}.${until}`)
}

function show(context: Context, resolution: Resolution): void {
  const { out, world, brand } = context
  const place = storedPlaceOf(context, resolution)
  const { settings } = explainResolution(resolution, world.home)
  const rows = settings.map(({ setting, winner, shadowed }) => {
    const hidden = shadowed.map(({ source }) => source).filter((source) => source !== 'default')
    const lies = setting === brand.credential.name && place !== undefined
    const notes = [
      ...(lies ? [placeText(context, place)] : []),
      ...(hidden.length === 0 ? [] : [`hides ${hidden.join(', ')}`]),
    ]
    return [setting, winner?.value ?? 'not set', winner?.source ?? '', notes.join('; ')]
  })
  out.answer(
    {
      settings: settings.map(({ setting, winner, shadowed }) => ({
        setting,
        value: winner?.value ?? null,
        source: winner?.source ?? null,
        shadowed: shadowed.map(({ source }) => source),
      })),
      profile: resolution.profile ?? null,
      ...(brand.store !== undefined && { store: place ?? null }),
    },
    tableLines(rows),
  )
}

/** What is wrong with the settings, once: what the command fails with it says there. */
function warn({ out }: Context, { warnings, problems }: Resolution, isFirstTold: boolean): void {
  for (const warning of warnings) out.warn(warning)
  // That there is no credential the failure says, in the words of a command line.
  const others = problems.filter(({ code }) => code !== 'missing_setting')
  for (const { problem, fix } of isFirstTold ? others.slice(1) : others) {
    out.warn(`${sentence(problem)} ${sentence(fix)}`)
  }
}

function requireLife({ world }: Context, end: string | undefined, seconds: number): void {
  if (end === undefined) return
  const left = (Date.parse(end) - world.now()) / 1000
  if (left >= seconds) return
  throw new Failure('expires_soon', `The credential ends at ${end}.`, {
    hint: 'Log in again before then.',
  })
}
