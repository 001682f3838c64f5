import { form } from '../../form.ts'
import type { Html } from '../../html.ts'
import { html } from '../../html.ts'
import { passwordField, usernameField } from '../../password/field.ts'
import type { Visit } from '../../visit.ts'
import { AUTHENTICATOR_PATHS } from './paths.ts'
import type { AccountView } from './view.ts'

export function authenticatorSection(
  visit: Visit,
  { session, isSecondFactorOn, wrong }: AccountView,
): Html {
  const password = [
    usernameField(session.email),
    passwordField({
      name: 'password',
      label: 'Password, for this change',
      error: wrong.at('password'),
    }),
  ]
  const off = {
    action: visit.site.path(AUTHENTICATOR_PATHS.remove),
    submit: 'Turn it off',
    isDanger: true,
  }
  const on = {
    action: visit.site.path(AUTHENTICATOR_PATHS.start),
    submit: 'Set it up',
    isQuiet: true,
  }
  return html`<section aria-labelledby="about-two-step">
    <h2 id="about-two-step">Two-step sign-in</h2>
    ${
      isSecondFactorOn
        ? html`<p>
              It is on: after your password you are asked for a code of your authenticator app.
            </p>
            ${form(visit, off, password)}`
        : html`<p>
              After your password you are asked for a code of an authenticator app on your phone.
            </p>
            ${form(visit, on, password)}`
    }
  </section>`
}
