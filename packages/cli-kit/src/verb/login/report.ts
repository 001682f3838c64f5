/** What a login says at its end: who is logged in, what was written where, and how it lies there. */
import type { Identity } from '../../api/identity.ts'
import type { Context } from '../../session/context.ts'
import { placeText } from '../../session/place-text.ts'
import { shownPath } from '../../session/shown-path.ts'
import { fillIn } from '../../session/texts.ts'
import type { ChosenPlace } from '../../store/choose-place.ts'
import type { Saved } from '../../store/store.ts'
import type { OrganizationChoice } from './organization.ts'

export interface LoginReport {
  readonly server: string
  readonly identity: Identity | undefined
  /** Undefined when nothing was to be stored. */
  readonly saved: Saved | undefined
  readonly organization: OrganizationChoice
  readonly chosen: ChosenPlace
}

export function reportLogin(context: Context, report: LoginReport): void {
  const { out, brand } = context
  const { server, identity, saved, chosen } = report
  const { fallback } = chosen
  if (saved === undefined) reportUnstored(context, report)
  else reportStored(context, report, saved)
  out.answer(
    {
      server,
      name: identity?.name ?? null,
      is_verified: identity !== undefined,
      credentials: saved?.credentials ?? null,
      settings: saved?.settings ?? null,
      ...(brand.store !== undefined && { store: chosen.place }),
      ...(fallback && { store_fallback: { code: fallback.code, why: fallback.why } }),
    },
    [],
  )
}

function reportUnstored({ out, texts, brand }: Context, { server, identity }: LoginReport): void {
  const values = { server, name: identity?.name ?? '' }
  if (identity !== undefined) out.note(fillIn(texts.loggedIn, values))
  out.note(`Nothing was stored: set ${brand.credential.variable} to the credential.`)
}

function reportStored(context: Context, report: LoginReport, saved: Saved): void {
  const { out, texts, world } = context
  const { server, identity } = report
  const credentials = shownPath(saved.credentials, world)
  const settings = saved.settings === undefined ? undefined : shownPath(saved.settings, world)
  const values = { server, credentials, settings: settings ?? '', name: identity?.name ?? '' }
  out.note(fillIn(identity === undefined ? texts.storedUnverified : texts.loggedIn, values))
  out.note(fillIn(texts.wroteCredentials, values))
  reportPlace(context, report.chosen)
  for (const warning of saved.warnings) out.warn(warning)
  if (saved.settings !== undefined) reportOrganization(context, report, values)
}

function reportPlace(context: Context, { place, fallback }: ChosenPlace): void {
  const { out, brand } = context
  if (brand.store === undefined) return
  if (fallback === undefined) out.note(`The credential is ${placeText(context, place)}.`)
  else {
    const why = `because ${fallback.why}. Say --store file where that is meant.`
    out.warn(`the credential is ${placeText(context, place)}, ${why}`)
  }
}

function reportOrganization(
  { out, texts }: Context,
  { organization }: LoginReport,
  values: Readonly<Record<string, string>>,
): void {
  const { chosen } = organization
  if (chosen === undefined) return
  if (chosen === 'none') out.note(fillIn(texts.noOrganization, values))
  else {
    const { id, slug } = chosen
    out.note(fillIn(texts.defaultOrganization, { ...values, id, slug, start: startOf(id) }))
  }
}

/** The beginning of an id for people to see, without the `org_` that says nothing of this one. */
function startOf(id: string): string {
  return `${id.replace(/^[a-z]+_/, '').slice(0, 4)}…`
}
