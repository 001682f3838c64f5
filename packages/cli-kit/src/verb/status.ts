/** `status`: what the SDK would resolve right now, the credential masked, and whether the server takes it. */
import { explainResolution, type Resolution } from '@keywright/client'
import { askIdentity, type Identity } from '../api/identity.ts'
import { Failure } from '../output/failure.ts'
import { tableLines } from '../output/table.ts'
import type { Context } from '../session/context.ts'
import { durationOf } from '../session/duration.ts'
import { openApi } from '../api/open-api.ts'
import { notLoggedIn, requireLogin, resolveNow, settingOf } from '../session/resolved.ts'
import { sentence } from '../session/sentence.ts'
import type { Given } from '../tree/catalogue.ts'

/** Exit code 4 when there is no credential, when the server rejects it, or when it ends before `--min-ttl`. */
export async function status(context: Context, { flags }: Given): Promise<void> {
  const profile = typeof flags['profile'] === 'string' ? flags['profile'] : undefined
  const resolution = resolveNow(context, { profile })
  show(context, resolution)
  if (settingOf(resolution, context.brand.credential.name)?.winner === undefined) {
    throw notLoggedIn(context)
  }
  const minimum = flags['minTtl']
  if (flags['offline'] === true && minimum === undefined) return
  const login = requireLogin(context, { profile })
  const identity = await askIdentity(openApi(context, login), context.brand)
  if (typeof minimum === 'string') requireLife(context, identity, durationOf(minimum))
  context.out.note(`${login.server} accepts it: ${identity.name}.`)
}

function show(context: Context, resolution: Resolution): void {
  const { out, world } = context
  const { settings, problems, warnings } = explainResolution(resolution, world.home)
  const rows = settings.map(({ setting, winner, shadowed }) => {
    const hidden = shadowed.map(({ source }) => source).filter((source) => source !== 'default')
    const note = hidden.length === 0 ? '' : `hides ${hidden.join(', ')}`
    return [setting, winner?.value ?? 'not set', winner?.source ?? '', note]
  })
  for (const warning of warnings) out.warn(warning)
  for (const { code, problem, fix } of problems) {
    // What is missing the failure says, in the words of a command line.
    if (code !== 'missing_setting') out.warn(`${sentence(problem)} ${sentence(fix)}`)
  }
  out.answer(
    {
      settings: settings.map(({ setting, winner, shadowed }) => ({
        setting,
        value: winner?.value ?? null,
        source: winner?.source ?? null,
        shadowed: shadowed.map(({ source }) => source),
      })),
      profile: resolution.profile ?? null,
    },
    tableLines(rows),
  )
}

function requireLife(context: Context, { expiresAt }: Identity, seconds: number): void {
  if (expiresAt === undefined) return
  const left = (Date.parse(expiresAt) - context.world.now()) / 1000
  if (left >= seconds) return
  throw new Failure('expires_soon', `The credential ends at ${expiresAt}.`, {
    hint: 'Log in again before then.',
  })
}
