// The page that asks a person whether a program on this machine may act as them (RFC 6749 section 3.1, RFC 8252). What
// it was asked comes back with the answer and is looked at again; nothing is kept until somebody says yes.

import type { Session } from '@keywright/contract'
import type { AuthorizationRequest, OAuthRefused } from '@keywright/core'
import { checkAuthorization } from '@keywright/core'
import { issuerOf } from '../../routes/oauth/metadata.ts'
import type { Parameters } from '../../routes/oauth/parameters.ts'
import { readParameters } from '../../routes/oauth/parameters.ts'
import { alert, form, hidden } from '../form.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'
import type { PageRoutes } from '../mount-pages.ts'
import { pageAt } from '../mount-pages.ts'
import { seeOther, sendPage } from '../page.ts'
import type { Visit } from '../visit.ts'
import { accountOf, withSignedIn } from './session.ts'
import { fact, scopeList } from './show-scopes.ts'

const PATH = '/oauth/authorize'

/** What the form brings back. */
const NAMES = [
  'response_type',
  'client_id',
  'redirect_uri',
  'code_challenge',
  'code_challenge_method',
  'scope',
  'state',
  'device_name',
] as const

export const authorizePage: PageRoutes = (app, site) => {
  if (site.door.authority.definition.login === undefined) return
  pageAt(app, site, { url: PATH, show, submit })
}

interface Asked {
  readonly parameters: Parameters
  readonly request: AuthorizationRequest
}

/** Who is asked. */
interface AskedOf extends Asked {
  readonly session: Session
  /** Why the decision before was not possible. */
  readonly wrong?: string
}

function show(visit: Visit): unknown {
  const { searchParams } = new URL(visit.request.url, 'http://this.invalid')
  return withRequest(visit, readParameters(searchParams), (asked) =>
    withSignedIn(visit, visit.request.url, (session) => ask(visit, { ...asked, session })),
  )
}

function submit(visit: Visit): unknown {
  const { fields } = visit
  const sent = NAMES.flatMap((name) => (fields[name] === undefined ? [] : [[name, fields[name]]]))
  const entries = sent as [string, string][]
  const back = `${visit.site.path(PATH)}?${new URLSearchParams(entries).toString()}`
  return withRequest(visit, readParameters(entries), (asked) =>
    withSignedIn(visit, back, (session) => {
      // Somebody else signed in between: they are asked for themselves.
      if (fields['account'] !== session.personId) return ask(visit, { ...asked, session })
      return decide(visit, { ...asked, session })
    }),
  )
}

/** Looks at what is asked, and refuses it to the program, or to the reader where no program may be sent anything. */
function withRequest(
  visit: Visit,
  read: ReturnType<typeof readParameters>,
  answer: (asked: Asked) => unknown,
): unknown {
  if (!read.ok) return refuseReader(visit, read)
  const { parameters } = read
  const checked = checkAuthorization(visit.site.door.authority.definition, {
    clientId: parameters['client_id'],
    redirectUri: parameters['redirect_uri'],
    responseType: parameters['response_type'],
    codeChallenge: parameters['code_challenge'],
    codeChallengeMethod: parameters['code_challenge_method'],
    scope: parameters['scope'],
    resource: parameters['resource'],
    deviceName: parameters['device_name'],
  })
  if (checked.ok) return answer({ parameters, request: checked.request })
  if (checked.redirectUri === null) return refuseReader(visit, checked)
  return redirect(visit, checked.redirectUri, {
    error: checked.error,
    error_description: checked.description,
    state: parameters['state'],
  })
}

function ask(visit: Visit, asked: AskedOf): unknown {
  const { session, wrong } = asked
  const { client, redirectUri, deviceName, shownScopes } = asked.request
  const title = `Let ${client.name} in?`
  const body = html`${wrong !== undefined && alert(wrong)}
    <p>
      <strong>${client.name}</strong> on this machine asks to act as you. Go on only if you started
      it yourself just now.
    </p>
    <dl>
      ${fact('Account', accountOf(session))}
      ${fact('Machine, as the program calls it', deviceName ?? 'not named')}
    </dl>
    ${scopeList(shownScopes)}
    <p class="hint">
      It gets a key of its own, called ${deviceName ?? client.name}. You see it among your keys and
      can revoke it there.
    </p>
    ${decisionForm(visit, asked, 'approve')} ${decisionForm(visit, asked, 'deny')}`
  const status = wrong === undefined ? 200 : 403
  return sendPage(visit, {
    title,
    body,
    status,
    isWrong: wrong !== undefined,
    formTargets: [redirectUri],
  })
}

function decisionForm(
  visit: Visit,
  { parameters, session }: AskedOf,
  decision: 'approve' | 'deny',
): Html {
  const isApproval = decision === 'approve'
  const fields = [
    ...NAMES.map((name) => hidden(name, parameters[name])),
    hidden('account', session.personId),
    hidden('decision', decision),
  ]
  const action = visit.site.path(PATH)
  const submitText = isApproval ? 'Let it in' : 'Refuse'
  return form(visit, { action, submit: submitText, isQuiet: !isApproval, isInline: true }, fields)
}

async function decide(visit: Visit, asked: AskedOf): Promise<unknown> {
  const { login } = visit.site.door.authority
  const { request, parameters, session } = asked
  const { personId } = session
  const state = parameters['state']
  if (visit.fields['decision'] !== 'approve') {
    const denied = await login.deny(personId, request)
    if (!denied.ok) return ask(visit, { ...asked, wrong: denied.detail })
    return redirect(visit, request.redirectUri, { error: 'access_denied', state })
  }
  const approved = await login.approve(personId, request)
  if (!approved.ok) return ask(visit, { ...asked, wrong: approved.detail })
  return redirect(visit, request.redirectUri, { code: approved.code, state })
}

/** RFC 9207 section 2: every answer names who gives it, refusals too. */
function redirect(visit: Visit, redirectUri: string, answer: Parameters): unknown {
  const url = new URL(redirectUri)
  for (const [name, value] of Object.entries({ ...answer, iss: issuerOf(visit.site) })) {
    if (value !== undefined) url.searchParams.set(name, value)
  }
  return seeOther(visit, url.href)
}

/** Section 4.1.2.1: no browser is sent where nobody vouches for. */
function refuseReader(visit: Visit, { description }: OAuthRefused): unknown {
  const body = html`<p>The program that sent you here asked in a way that cannot be answered:</p>
    ${alert(description)}
    <p>Nothing was given to it. Update the program, or tell whoever makes it.</p>`
  const title = 'This login cannot go on'
  return sendPage(visit, { title, body, status: 400, isWrong: true })
}
