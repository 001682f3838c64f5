// The account page: everything that somebody can see and change about their own sign-in.

import type { AccountRefused } from '@keywright/contract'
import { wrongOf } from '../answer.ts'
import { notice } from '../form.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { seeOther, sendPage } from '../page.ts'
import { signInInstead, withSession } from '../session.ts'
import type { Visit } from '../visit.ts'
import { authenticatorSection } from './sections/authenticator.ts'
import { keySection, listKeys } from './sections/keys.ts'
import { nameSection } from './sections/name.ts'
import { passkeySection } from './sections/passkeys.ts'
import { passwordSection } from './sections/password.ts'
import { sessionSection } from './sections/sessions.ts'
import type { AccountView } from './sections/view.ts'

/** What has just been done, told once. */
const DONE = {
  name: 'Your name is changed.',
  password: 'Your password is changed. All other sign-ins have ended.',
  'two-step-on': 'Two-step sign-in is on. All other sign-ins have ended.',
  'two-step-off': 'Two-step sign-in is off. All other sign-ins have ended.',
  'passkey-added': 'The passkey is added.',
  'passkey-removed': 'The passkey is removed. It signs nobody in any more.',
  'session-ended': 'That sign-in has ended.',
  'key-revoked': 'The key is revoked. Nothing acts as you with it any more.',
} as const

export const accountPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/account', show: (visit) => showAccount(visit) })
}

/** Which field each code is about. */
const FIELDS = {
  invalid_name: 'name',
  weak_password: 'next',
} as const

/** Shows the page, also as the answer to one of its forms. */
function showAccount(
  visit: Visit,
  refused?: { readonly refusal: AccountRefused; readonly fields?: Parameters<typeof wrongOf>[2] },
): unknown {
  return withSession(visit, async (session) => {
    const { accounts, door } = visit.site
    const own = door.authority.asPerson(session.personId)
    const [sessions, passkeys, totp, keys] = await Promise.all([
      accounts.listSessions(visit.visitor),
      accounts.passkeys.list(visit.visitor),
      accounts.totp.isEnabled(visit.visitor),
      listKeys(own),
    ])
    const lacking = [sessions, passkeys, totp].find((answer) => !answer.ok)
    if (lacking?.ok === false) return refuseToShow(visit, lacking)
    const wrong = wrongOf(visit, refused?.refusal, { ...FIELDS, ...refused?.fields })
    const view: AccountView = {
      session,
      sessions: sessions.ok ? sessions.sessions : [],
      passkeys: passkeys.ok ? passkeys.passkeys : [],
      isSecondFactorOn: totp.ok && totp.isEnabled,
      ...keys,
      wrong,
    }
    const done = Object.entries(DONE).find(([name]) => name === visit.query['done'])?.[1]
    const body = html`${wrong.top} ${!wrong.isWrong && done !== undefined && notice(done)}
    ${nameSection(visit, view)} ${passwordSection(visit, view)} ${authenticatorSection(visit, view)}
    ${passkeySection(visit, view)} ${sessionSection(visit, view)} ${keySection(visit, view)}`
    const { status, isWrong } = wrong
    return sendPage(visit, {
      title: 'Your account',
      body,
      status,
      isWrong,
      session,
      isWide: true,
      script: 'passkey',
    })
  })
}

/** Nobody is signed in any more, or the sign-in is too old to be shown this. */
function refuseToShow(visit: Visit, refusal: AccountRefused): unknown {
  const instead = signInInstead(visit, refusal)
  if (instead === undefined) throw new Error(`accounts do not show an account: ${refusal.code}`)
  return instead
}

/** Goes back to the page, which says what was done. */
export function backToAccount(visit: Visit, done: keyof typeof DONE): unknown {
  return seeOther(visit, `${visit.site.path('/account')}?done=${done}`)
}

/** Answers a form of the page that was refused. */
export function refuseOnAccount(
  visit: Visit,
  refusal: AccountRefused,
  fields?: Parameters<typeof wrongOf>[2],
): unknown {
  return signInInstead(visit, refusal) ?? showAccount(visit, { refusal, ...(fields && { fields }) })
}
