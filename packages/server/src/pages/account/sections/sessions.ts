import { form, hidden } from '../../form.ts'
import type { Html } from '../../html.ts'
import { html } from '../../html.ts'
import type { Visit } from '../../visit.ts'
import { browserNameOf } from '../browser-name.ts'
import { timeOf } from '../time.ts'
import type { AccountView } from './view.ts'

export function sessionSection(visit: Visit, { sessions }: AccountView): Html {
  const action = visit.site.path('/account/sessions/end')
  const rows = sessions.map(
    ({ id, isCurrent, userAgent, network, lastUsedAt, authenticatedAt }) => {
      const button = { action, submit: 'End it', isDanger: true, isInline: true }
      return html`<li>
        <span>
          <strong>${browserNameOf(userAgent)}</strong>${isCurrent && ' (this one)'}<br />
          <span class="hint">
            ${network !== null && `from ${network}, `}signed in ${timeOf(authenticatedAt)}, last
            used ${timeOf(lastUsedAt)}
          </span>
        </span>
        ${!isCurrent && form(visit, button, hidden('id', id))}
      </li>`
    },
  )
  return html`<section aria-labelledby="about-sessions">
    <h2 id="about-sessions">Where you are signed in</h2>
    <ul class="rows">
      ${rows}
    </ul>
  </section>`
}
