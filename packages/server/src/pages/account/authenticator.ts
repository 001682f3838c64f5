// Two-step sign-in with an authenticator app. Its secret and the recovery codes are shown once, on the page that
// answers the form; the first code from the app turns it on.

import type { AccountRefused } from '@keywright/contract'
import { bring, wrongOf } from '../answer.ts'
import { field, form } from '../form.ts'
import type { Content } from '../html.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { sendPage } from '../page.ts'
import { signInInstead, withSession } from '../session.ts'
import type { Visit } from '../visit.ts'
import { qrCode } from './qr-code.ts'
import { AUTHENTICATOR_PATHS } from './sections/paths.ts'
import { backToAccount, refuseOnAccount } from './show.ts'

export const authenticatorPages: PageRoutes = (app, site) => {
  pageAt(app, site, { url: AUTHENTICATOR_PATHS.start, submit: start })
  pageAt(app, site, { url: AUTHENTICATOR_PATHS.confirm, submit: confirm })
  pageAt(app, site, { url: AUTHENTICATOR_PATHS.remove, submit: remove })
}

async function start(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const answer = bring(
    visit,
    await site.accounts.totp.enable({ password: fields['password'] ?? '' }, visitor),
  )
  if (!answer.ok) return refuseOnAccount(visit, answer, { invalid_credentials: 'password' })
  const { uri, recoveryCodes } = answer
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const shown = html`<ol class="steps">
    <li>
      <p>Scan this with your authenticator app, or <a href="${uri}">open it on this device</a>.</p>
      ${qrCode(uri, 'The code for your authenticator app')}
      <p>Or type this key into the app: <code>${secret.replaceAll(/.{4}(?=.)/g, '$& ')}</code></p>
    </li>
    <li>
      <p>
        Keep these recovery codes where you find them without your phone. Each signs you in once.
      </p>
      <ul class="codes" aria-label="Recovery codes">
        ${recoveryCodes.map((code) => html`<li><code>${code}</code></li>`)}
      </ul>
      <p class="hint">The key and the codes are not shown again.</p>
    </li>
  </ol>`
  return showConfirm(visit, { shown })
}

function showConfirm(
  visit: Visit,
  { shown, refusal }: { readonly shown?: Content; readonly refusal?: AccountRefused },
): unknown {
  return withSession(visit, (session) => {
    const { site } = visit
    const wrong = wrongOf(visit, refusal, { invalid_code: 'code' })
    const code = field({
      name: 'code',
      label: 'The six digits that the app shows now',
      autocomplete: 'one-time-code',
      inputMode: 'numeric',
      error: wrong.at('code'),
      maxLength: 16,
      isCode: true,
    })
    const body = html`<section>
      ${wrong.top} ${shown}
      ${form(visit, { action: site.path(AUTHENTICATOR_PATHS.confirm), submit: 'Turn it on' }, code)}
      <p><a href="${site.path('/account')}">Not now</a></p>
    </section>`
    const { status, isWrong } = wrong
    return sendPage(visit, {
      title: 'Set up two-step sign-in',
      body,
      status,
      isWrong,
      session,
      isWide: true,
    })
  })
}

async function confirm(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const answer = await site.accounts.totp.confirm({ code: fields['code'] ?? '' }, visitor)
  bring(visit, answer)
  if (answer.ok) return backToAccount(visit, 'two-step-on')
  if (answer.code === 'invalid_code') return showConfirm(visit, { refusal: answer })
  return signInInstead(visit, answer) ?? refuseOnAccount(visit, answer)
}

async function remove(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const answer = await site.accounts.totp.disable({ password: fields['password'] ?? '' }, visitor)
  bring(visit, answer)
  if (answer.ok) return backToAccount(visit, 'two-step-off')
  return refuseOnAccount(visit, answer, { invalid_credentials: 'password' })
}
