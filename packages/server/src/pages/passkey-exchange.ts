// What goes between the script of passkeys and accounts: JSON of WebAuthn, there and back.

import type { AccountAnswer, WebAuthnJson } from '@keywright/contract'
import { RequestRefused } from '../answer/problems.ts'
import { parseJson } from '../request/body.ts'
import { bring } from './answer.ts'
import { answerRefusal } from './refusal-page.ts'
import type { Visit } from './visit.ts'

/** Answers the script with the options of a ceremony. */
export function sendOptions(
  visit: Visit,
  answer: AccountAnswer<{ readonly options: WebAuthnJson }>,
): unknown {
  const { site, reply } = visit
  bring(visit, answer)
  if (!answer.ok) return answerRefusal({ door: site.door, site }, visit, answer)
  const json = Buffer.from(JSON.stringify(answer.options))
  return reply.code(200).header('content-type', 'application/json').send(json)
}

/** What the authenticator answered. @throws RequestRefused when the field does not hold an object in JSON */
export function readWebAuthn({ fields }: Visit): WebAuthnJson {
  const json = parseJson(Buffer.from(fields['response'] ?? ''))
  if (!json.ok) throw new RequestRefused(json.refusal)
  const { value } = json
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as WebAuthnJson
  }
  const detail =
    'The form has no answer of a passkey in it. Open the page again; it needs its script.'
  throw new RequestRefused({ code: 'invalid_request', detail })
}
