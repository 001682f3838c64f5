import { field, form, hidden } from '../../form.ts'
import type { Html } from '../../html.ts'
import { html } from '../../html.ts'
import { signInAgainPath } from '../../session.ts'
import type { Visit } from '../../visit.ts'
import { timeOf } from '../time.ts'
import { PASSKEY_PATHS } from './paths.ts'
import type { AccountView } from './view.ts'

export function passkeySection(visit: Visit, { passkeys }: AccountView): Html {
  const { site } = visit
  const rows = passkeys.map(({ id, name, createdAt }) => {
    const button = {
      action: site.path(PASSKEY_PATHS.remove),
      submit: 'Remove',
      isDanger: true,
      isInline: true,
    }
    return html`<li>
      <span><strong>${name}</strong> since ${timeOf(createdAt)}</span>
      ${form(visit, button, hidden('id', id))}
    </li>`
  })
  const more = {
    hidden: true,
    'data-passkey': 'create',
    'data-options': site.path(PASSKEY_PATHS.options),
    'data-again': signInAgainPath(site, site.path('/account')),
  }
  const inputs = [
    field({
      name: 'passkey_name',
      label: 'Name of a new passkey',
      hint: 'As: laptop, phone.',
      maxLength: 100,
    }),
    hidden('response', ''),
    html`<p class="wrong" role="status" hidden></p>`,
  ]
  return html`<section aria-labelledby="about-passkeys">
    <h2 id="about-passkeys">Passkeys</h2>
    <p>
      A passkey signs you in with your fingerprint, your face or the PIN of a device, without a
      password.
    </p>
    ${
      rows.length > 0 &&
      html`<ul class="rows">
        ${rows}
      </ul>`
    }
    ${form(visit, { action: site.path(PASSKEY_PATHS.add), submit: 'Add a passkey', isQuiet: true, more }, inputs)}
    <p class="hint" data-without-passkeys>
      Adding one needs a browser that has passkeys, with scripts switched on.
    </p>
  </section>`
}
