import { form } from '../../form.ts'
import type { Html } from '../../html.ts'
import { html } from '../../html.ts'
import { newPasswordField, passwordField, usernameField } from '../../password/field.ts'
import type { Visit } from '../../visit.ts'
import type { AccountView } from './view.ts'

export function passwordSection(visit: Visit, { session, wrong }: AccountView): Html {
  const action = visit.site.path('/account/password')
  const inputs = [
    usernameField(session.email),
    passwordField({ name: 'current', label: 'Current password', error: wrong.at('current') }),
    newPasswordField({ name: 'next', label: 'New password', error: wrong.at('next') }),
  ]
  return html`<section aria-labelledby="about-password">
    <h2 id="about-password">Password</h2>
    ${form(visit, { action, submit: 'Change the password', isQuiet: true }, inputs)}
  </section>`
}
