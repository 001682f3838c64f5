// The page where a person types the code that a device shows (RFC 8628 section 3.3). It is built against a link from
// somebody else (section 5.4, RFC 10027): the code is typed even when the link brought it, what is asked is shown with
// where it was asked from, the sign-in is fresh, and only who typed the code first decides.

import type { Session } from '@keywright/contract'
import type { DeviceLogin } from '@keywright/core'
import { networkOf, readUserCode, showUserCode } from '@keywright/core'
import { problemOf } from '@keywright/verifier'
import type { CodedRefusal } from '@keywright/verifier'
import { guarded } from '../../routes/device/approver.ts'
import { field, form, hidden, notice } from '../form.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { sendPage } from '../page.ts'
import type { Visit } from '../visit.ts'
import { accountOf, withFreshSignIn } from './session.ts'
import { fact, scopeList } from './show-scopes.ts'

const PATH = '/device'
const DECISION_PATH = '/device/decision'

export const devicePages: PageRoutes = (app, site) => {
  if (site.door.authority.definition.login?.hasDevice !== true) return
  pageAt(app, site, { url: PATH, show, submit: claim })
  pageAt(app, site, { url: DECISION_PATH, submit: decide })
}

function show(visit: Visit): unknown {
  const { searchParams } = new URL(visit.request.url, 'http://this.invalid')
  const linked = searchParams.get('user_code') ?? undefined
  return withFreshSignIn(visit, pathWith(visit, linked), (session) =>
    askCode(visit, session, { linked }),
  )
}

function pathWith({ site }: Visit, linked: string | undefined): string {
  const path = site.path(PATH)
  const code = readUserCode(linked ?? '')
  return code === undefined ? path : `${path}?user_code=${showUserCode(code)}`
}

interface CodeForm {
  /** The code of the link that brought them. */
  readonly linked: string | undefined
  readonly refusal?: CodedRefusal
}

function askCode(visit: Visit, session: Session, { linked, refusal }: CodeForm): unknown {
  const input = field({
    name: 'user_code',
    label: 'Code that your device shows',
    hint: 'Eight letters. Type it yourself, also when a link brought you here.',
    error: refusal?.detail,
    isCode: true,
    maxLength: 64,
    hasFocus: true,
  })
  const fields = [hidden('linked', readUserCode(linked ?? '') && linked), input]
  const body = html`<p>
      Signed in as ${accountOf(session)}. Go on only if a device of yours shows a code and you
      started the login there yourself. If somebody sent you a code or a link, close this page: they
      would act as you.
    </p>
    ${form(visit, { action: visit.site.path(PATH), submit: 'Continue' }, fields)}`
  const status = refusal === undefined ? 200 : statusOf(visit, refusal)
  return sendPage(visit, {
    title: 'Log a device in',
    body,
    status,
    isWrong: refusal !== undefined,
  })
}

function claim(visit: Visit): Promise<unknown> {
  const { user_code: typed = '', linked } = visit.fields
  return withFreshSignIn(visit, pathWith(visit, linked), async (session) => {
    const { door } = visit.site
    const outcome = await guarded(door, visit.request, () =>
      door.authority.login.device.claim(approverOf(session), { typed, linked }),
    )
    if (outcome.ok) return askDecision(visit, session, { login: outcome.login, typed })
    return askCode(visit, session, { linked, refusal: outcome })
  })
}

interface Decision {
  readonly login: DeviceLogin
  readonly typed: string
}

function askDecision(visit: Visit, session: Session, { login, typed }: Decision): unknown {
  const { door } = visit.site
  const client = door.authority.definition.login?.clients.get(login.clientId)
  const name = client?.name ?? login.clientId
  const minutes = Math.floor((door.clock.now() - login.createdAt) / 60_000)
  const age = minutes === 0 ? 'less than a minute ago' : `${minutes} min ago`
  const body = html`<p>
      <strong>${name}</strong> on another machine asks to act as you. If you do not know the machine
      or the address, refuse.
    </p>
    <dl>
      ${fact('Account', accountOf(session))}
      ${fact('Machine, as the program calls it', login.deviceName ?? 'not named')}
      ${fact('Asked from', networkText(visit, login))} ${fact('Asked', age)}
    </dl>
    ${scopeList(login.scopes)}
    <p class="hint">
      It gets a key of its own, called ${login.deviceName ?? name}. You see it among your keys and
      can revoke it there.
    </p>
    ${decisionForm(visit, typed, 'approve')} ${decisionForm(visit, typed, 'deny')}`
  return sendPage(visit, { title: `Let ${name} in?`, body })
}

/** The address alone: what place it belongs to is not known here, and a guess would be taken for knowledge. */
function networkText({ visitor }: Visit, { network }: DeviceLogin): string {
  if (network === null) return 'an address that is not known'
  if (visitor.network === undefined) return network
  const isSame = (networkOf(network) ?? 'local') === (networkOf(visitor.network) ?? 'local')
  return `${network}, ${isSame ? 'the network that you are on too' : 'not the network that you are on'}`
}

function decisionForm(visit: Visit, typed: string, decision: 'approve' | 'deny'): Html {
  const isApproval = decision === 'approve'
  const fields = [hidden('user_code', typed), hidden('decision', decision)]
  const action = visit.site.path(DECISION_PATH)
  const submit = isApproval ? 'Let it in' : 'Refuse'
  return form(visit, { action, submit, isQuiet: !isApproval, isInline: true }, fields)
}

function decide(visit: Visit): Promise<unknown> {
  const { user_code: userCode = '', decision } = visit.fields
  return withFreshSignIn(visit, visit.site.path(PATH), async (session) => {
    const { door } = visit.site
    const decided = decision === 'approve' ? 'approved' : 'denied'
    const outcome = await guarded(door, visit.request, () =>
      door.authority.login.device.decide(approverOf(session), { userCode, decision: decided }),
    )
    if (!outcome.ok) return askCode(visit, session, { linked: undefined, refusal: outcome })
    return sendDone(visit, decided)
  })
}

function sendDone(visit: Visit, decided: 'approved' | 'denied'): unknown {
  const isApproved = decided === 'approved'
  const text = isApproved
    ? 'The device goes on by itself within a few seconds. You can close this page.'
    : 'The device was told no. If you did not start that login, nothing was lost: it got nothing.'
  const body = html`${notice(text)}
    <p><a href="${visit.site.path('/account')}">Go to your account</a></p>`
  return sendPage(visit, { title: isApproved ? 'The device is in' : 'Refused', body })
}

function approverOf({ personId, id: sessionId, authenticatedAt }: Session) {
  return { type: 'session', personId, sessionId, authenticatedAt } as const
}

function statusOf({ site, request, reply }: Visit, refusal: CodedRefusal): number {
  const { status, headers } = problemOf(refusal, { realm: site.door.realm, requestId: request.id })
  const retryAfter = headers['retry-after']
  if (retryAfter !== undefined) reply.header('retry-after', retryAfter)
  return status
}
