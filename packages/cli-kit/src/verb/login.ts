/** `login`: gets a credential, asks the server who it is, stores it, and says where it went. */
import { describeSource, type StoreMode } from '@keywright/client'
import { askIdentity } from '../api/identity.ts'
import { openApi } from '../api/open-api.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { keepNames } from '../session/login-names.ts'
import { requireStore } from '../session/require-store.ts'
import { resolveNow, settingOf, valueOf } from '../session/resolved.ts'
import { sentence } from '../session/sentence.ts'
import { type ChosenPlace, choosePlace, modeOf } from '../store/choose-place.ts'
import type { Store } from '../store/store.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'
import { warnOfShadow } from '../session/shadow.ts'
import { AS_IT_IS, chooseOrganization } from './login/organization.ts'
import { completeLogin, startLogin } from './login/in-two-steps.ts'
import { checkWays, isGiven, type Obtained, obtainCredential } from './login/obtain.ts'
import { requirePending } from './login/pending.ts'
import { reportLogin } from './login/report.ts'

export async function login(context: Context, given: Given): Promise<void> {
  const { flags } = given
  const isVerified = flags['verify'] !== false
  if (!isVerified && flags['organization'] !== undefined) {
    throw new Failure('usage', '--organization is looked up at the server.', {
      hint: 'Leave --no-verify out.',
    })
  }
  checkWays(flags)
  const profile = textFlag(given, 'profile') ?? context.everywhere.profile
  if (profile?.trim() === '') {
    throw new Failure('usage', 'A profile needs a name.', {
      hint: 'Say --profile work, or leave it out.',
    })
  }
  const pending = flags['complete'] === true ? await requirePending(context) : undefined
  const mode = modeOf(context.brand, textFlag(given, 'store') ?? pending?.store ?? undefined)
  const { store, chosen } = await openPlace(context, mode, flags)
  const server = pending?.server ?? serverOf(context, given)
  if (flags['start'] === true) {
    const isQrWanted = flags['qr'] === true
    return startLogin(context, { server, profile, store: textFlag(given, 'store'), isQrWanted })
  }
  const obtained =
    pending === undefined
      ? await obtainCredential(context, { server, flags })
      : await completeLogin(context, pending)
  return orEnd(context, obtained, () =>
    settle(context, given, {
      store,
      chosen,
      server,
      isVerified,
      credential: obtained.credential,
      profile: profile ?? pending?.profile ?? undefined,
    }),
  )
}

interface OpenPlace {
  /** Undefined when nothing is to be stored. */
  readonly store: Store | undefined
  readonly chosen: ChosenPlace
}

/** Tries the place of the credential, so that nothing is asked of anybody in vain. */
async function openPlace(
  context: Context,
  mode: StoreMode,
  flags: Given['flags'],
): Promise<OpenPlace> {
  if (mode !== 'none') {
    const store = await requireStore(context)
    await store.probe()
    return { store, chosen: await choosePlace(context, mode) }
  }
  if (context.line.login.way === 'browser' && !isGiven(flags)) {
    throw new Failure('usage', 'A login in the browser that stores nothing would be lost.', {
      hint: 'Give the credential by --with-token, or name another --store.',
    })
  }
  return { store: undefined, chosen: await choosePlace(context, mode) }
}

/** What a login gave is ended at the server when it comes to nothing here: nobody would know of it. */
async function orEnd(
  { out }: Context,
  { end }: Obtained,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (end !== undefined) {
      const isEnded = await end().catch(() => false)
      if (isEnded) out.note('The token that the server had just given is ended there.')
      else out.warn('the token that the server had just given may still count. Revoke it there.')
    }
    throw error
  }
}

interface Settling extends OpenPlace {
  readonly server: string
  readonly credential: string
  readonly profile: string | undefined
  readonly isVerified: boolean
}

/** Asks who it is, stores it, says so. */
async function settle(context: Context, given: Given, settling: Settling): Promise<void> {
  const { flags } = given
  const { store, chosen, server, credential, profile, isVerified } = settling
  const identity = isVerified
    ? await askIdentity(openApi(context, { server, credential, source: undefined }), context.brand)
    : undefined
  const organization =
    store === undefined ? AS_IT_IS : await chooseOrganization(context, { flags, identity })
  const saved = await store?.save({
    credential,
    seal: chosen.seal,
    server,
    profile,
    settings: { ...serverSetting(context, given, server), ...organization.settings },
  })
  await keepNames(context)
  reportLogin(context, { server, identity, saved, organization, chosen })
  warnOfShadow(context, saved?.stored ?? credential)
}

/** The server to log in to: the flag, then what the SDK would ask. @throws Failure when it is none or not private */
function serverOf(context: Context, given: Given): string {
  const { brand, world } = context
  const asked = textFlag(given, 'serverUrl')
  const own = resolveNow(context, { server: asked, profile: textFlag(given, 'profile') })
  // A profile that this login makes has no server yet: it gets that of the one in force.
  const isNew = own.problems.some(({ code }) => code === 'unknown_profile')
  const resolution = isNew ? resolveNow(context, { server: asked }) : own
  const wrong = resolution.problems.find(
    ({ code, place }) =>
      code === 'insecure_server' || (asked !== undefined && place === '--server-url'),
  )
  if (wrong !== undefined) {
    throw new Failure('usage', sentence(wrong.problem), { hint: sentence(wrong.fix) })
  }
  const winner = settingOf(resolution, brand.server.name)?.winner
  if (winner?.problem !== undefined) {
    throw new Failure(
      'usage',
      sentence(`${describeSource(winner.source, world.home)} ${winner.problem}`),
    )
  }
  const server = valueOf(resolution, brand.server.name)
  if (server === undefined) {
    throw new Failure('usage', 'There is no server to log in to.', {
      hint: `Say --server-url, or set ${brand.server.variable}.`,
    })
  }
  return server
}

/** Kept for later only when it was asked for, where the layout does not keep it with the credential anyway. */
function serverSetting(
  { brand }: Context,
  { flags }: Given,
  server: string,
): Readonly<Record<string, string>> {
  const isAsked = flags['serverUrl'] !== undefined && brand.files?.layout === 'split-yaml'
  return isAsked ? { [brand.server.name]: server } : {}
}
