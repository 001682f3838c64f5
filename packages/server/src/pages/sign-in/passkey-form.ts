import { form, hidden } from '../form.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import { RETURN_TO } from '../session.ts'
import type { Visit } from '../visit.ts'

/** For the script, which shows it where the browser has passkeys. */
export function passkeySignIn(visit: Visit, returnTo: string | undefined): Html {
  const { site } = visit
  const action = site.path('/sign-in/passkey')
  const more = { hidden: true, 'data-passkey': 'get', 'data-options': `${action}/options` }
  const inputs = [
    hidden(RETURN_TO, returnTo),
    hidden('response', ''),
    html`<p class="wrong" role="status" hidden></p>`,
  ]
  return form(visit, { action, submit: 'Use a passkey', isQuiet: true, more }, inputs)
}
