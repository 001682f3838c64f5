import { field, form } from '../../form.ts'
import type { Html } from '../../html.ts'
import { html } from '../../html.ts'
import type { Visit } from '../../visit.ts'
import type { AccountView } from './view.ts'

export function nameSection(visit: Visit, { session, wrong }: AccountView): Html {
  const action = visit.site.path('/account/name')
  const name = field({
    name: 'name',
    label: 'Your name',
    autocomplete: 'name',
    value: visit.fields['name'] ?? session.name,
    error: wrong.at('name'),
    maxLength: 200,
  })
  return html`<section aria-labelledby="about-you">
    <h2 id="about-you">You</h2>
    <dl class="facts">
      <dt>E-mail address</dt>
      <dd>${session.email ?? 'none'}</dd>
      <dt>Your id</dt>
      <dd><code>${session.personId}</code></dd>
    </dl>
    ${form(visit, { action, submit: 'Change the name', isQuiet: true }, name)}
  </section>`
}
