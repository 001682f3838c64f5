/** `login`: gets a credential, asks the server who it is, stores it, and says where it went. */
import { describeSource } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import { askIdentity, type Identity } from '../api/identity.ts'
import { openApi } from '../api/open-api.ts'
import type { Context } from '../session/context.ts'
import { requireStore } from '../session/require-store.ts'
import { resolveNow, settingOf, valueOf } from '../session/resolved.ts'
import { sentence } from '../session/sentence.ts'
import { shownPath } from '../session/shown-path.ts'
import { fillIn } from '../session/texts.ts'
import type { Saved, Store } from '../store/store.ts'
import type { Given } from '../tree/catalogue.ts'
import { warnOfShadow } from '../session/shadow.ts'
import { chooseOrganization, type OrganizationChoice } from './login/organization.ts'
import { completeLogin, startLogin } from './login/in-two-steps.ts'
import { checkWays, type Obtained, obtainCredential } from './login/obtain.ts'
import { requirePending } from './login/pending.ts'

export async function login(context: Context, given: Given): Promise<void> {
  const { flags } = given
  const store = await requireStore(context)
  const isVerified = flags['verify'] !== false
  if (!isVerified && flags['organization'] !== undefined) {
    throw new Failure('usage', '--organization is looked up at the server.', {
      hint: 'Leave --no-verify out.',
    })
  }
  checkWays(flags)
  await store.probe()
  const pending = flags['complete'] === true ? await requirePending(context) : undefined
  const server = pending?.server ?? serverOf(context, given)
  const profile = text(flags['profile']) ?? context.everywhere.profile
  if (flags['start'] === true) return startLogin(context, { server, profile })
  const obtained =
    pending === undefined
      ? await obtainCredential(context, { server, flags })
      : await completeLogin(context, pending)
  return orEnd(context, obtained, () =>
    settle(context, given, {
      store,
      server,
      isVerified,
      credential: obtained.credential,
      profile: profile ?? pending?.profile ?? undefined,
    }),
  )
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

interface Settling {
  readonly store: Store
  readonly server: string
  readonly credential: string
  readonly profile: string | undefined
  readonly isVerified: boolean
}

/** Asks who it is, stores it, says so. */
async function settle(context: Context, given: Given, settling: Settling): Promise<void> {
  const { flags } = given
  const { store, server, credential, profile, isVerified } = settling
  const identity = isVerified
    ? await askIdentity(openApi(context, { server, credential, source: undefined }), context.brand)
    : undefined
  const organization = await chooseOrganization(context, { flags, identity })
  const saved = await store.save({
    credential,
    server,
    profile,
    settings: { ...serverSetting(context, given, server), ...organization.settings },
  })
  report(context, { server, identity, saved, organization })
  warnOfShadow(context, { server, credential })
}

/** The server to log in to: the flag, then what the SDK would ask. @throws Failure when it is none or not private */
function serverOf(context: Context, { flags }: Given): string {
  const { brand, world } = context
  const asked = text(flags['serverUrl'])
  const resolution = resolveNow(context, { server: asked })
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

interface Report {
  readonly server: string
  readonly identity: Identity | undefined
  readonly saved: Saved
  readonly organization: OrganizationChoice
}

function report(context: Context, { server, identity, saved, organization }: Report): void {
  const { out, texts, world } = context
  const credentials = shownPath(saved.credentials, world)
  const settings = saved.settings === undefined ? undefined : shownPath(saved.settings, world)
  const values = { server, credentials, settings: settings ?? '', name: identity?.name ?? '' }
  out.note(fillIn(identity === undefined ? texts.storedUnverified : texts.loggedIn, values))
  out.note(fillIn(texts.wroteCredentials, values))
  for (const warning of saved.warnings) out.warn(warning)
  reportOrganization(context, { saved, organization, values })
  out.answer(
    {
      server,
      name: identity?.name ?? null,
      is_verified: identity !== undefined,
      credentials: saved.credentials,
      settings: saved.settings ?? null,
    },
    [],
  )
}

function reportOrganization(
  { out, texts }: Context,
  told: Pick<Report, 'saved' | 'organization'> & {
    readonly values: Readonly<Record<string, string>>
  },
): void {
  const { chosen } = told.organization
  if (told.saved.settings === undefined || chosen === undefined) return
  if (chosen === 'none') out.note(fillIn(texts.noOrganization, told.values))
  else {
    const { id, slug } = chosen
    const start = startOf(id)
    out.note(fillIn(texts.defaultOrganization, { ...told.values, id, slug, start }))
  }
}

/** The beginning of an id for people to see, without the `org_` that says nothing of this one. */
function startOf(id: string): string {
  return `${id.replace(/^[a-z]+_/, '').slice(0, 4)}…`
}

function text(flag: string | boolean | undefined): string | undefined {
  return typeof flag === 'string' ? flag : undefined
}
