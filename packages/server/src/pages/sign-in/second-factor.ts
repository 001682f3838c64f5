import type { AccountRefused } from '@keywright/contract'
import { bring, wrongOf } from '../answer.ts'
import { field, form, hidden } from '../form.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { seeOther, sendPage } from '../page.ts'
import { RETURN_TO, returnToOf, withReturnTo } from '../session.ts'
import type { Visit } from '../visit.ts'

export const secondFactorPage: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/second-factor', show, submit })
}

function show(visit: Visit, refusal?: AccountRefused): unknown {
  const { site } = visit
  const returnTo = returnToOf(visit)
  const wrong = wrongOf(visit, refusal, { invalid_code: 'code' })
  const inputs = [
    hidden(RETURN_TO, returnTo),
    field({
      name: 'code',
      label: 'Code',
      hint: 'The six digits that your authenticator app shows, or one of your recovery codes.',
      autocomplete: 'one-time-code',
      error: wrong.at('code'),
      maxLength: 64,
      hasFocus: true,
      isCode: true,
    }),
  ]
  const again = withReturnTo(site.path('/sign-in'), returnTo)
  const body = html`${wrong.top}
    ${form(visit, { action: site.path('/second-factor'), submit: 'Go on' }, inputs)}
    <p><a href="${again}">Begin again</a></p>`
  const { status, isWrong } = wrong
  return sendPage(visit, { title: 'One more step', body, status, isWrong })
}

async function submit(visit: Visit): Promise<unknown> {
  const { site, visitor, fields } = visit
  const answer = await site.accounts.secondFactor({ code: fields['code'] ?? '' }, visitor)
  bring(visit, answer)
  if (!answer.ok) return show(visit, answer)
  return seeOther(visit, returnToOf(visit) ?? site.path('/account'))
}
