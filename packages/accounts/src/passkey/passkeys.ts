import type {
  AccountAnswer,
  AccountRefused,
  Passkey,
  PasskeyVerbs,
  Visitor,
  WebAuthnJson,
} from '@keywright/contract'
import { done, notSignedIn, refused, tooMany } from '../answer/answer.ts'
import * as z from 'zod'
import { called } from '../auth/call.ts'
import { headersOf } from '../auth/cookies.ts'
import type { Inside } from '../inside.ts'
import { tellChange } from '../mail/tell.ts'
import { checkName } from '../person/name.ts'
import type { Current } from '../session/current.ts'
import { currentOf } from '../session/current.ts'
import { freshOf } from '../session/fresh.ts'
import { admit } from '../session/start.ts'

// As much of `PublicKeyCredential.toJSON()` as the library takes for granted.
const credentialSchema = z.looseObject({
  id: z.string(),
  rawId: z.string(),
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}),
})
const attestationSchema = credentialSchema.extend({
  response: z.looseObject({
    clientDataJSON: z.string(),
    attestationObject: z.string(),
    transports: z.array(z.string()).optional(),
  }),
})
const assertionSchema = credentialSchema.extend({
  response: z.looseObject({
    clientDataJSON: z.string(),
    authenticatorData: z.string(),
    signature: z.string(),
  }),
})

/** An answer that cannot be verified is a failure to the library. */
const FAILURE_REFUSES = { isFailureRefusal: true } as const

/** WebAuthn Level 3, for the visitor's account; the challenge of each ceremony works once. */
export function passkeyVerbs(inside: Inside): PasskeyVerbs {
  return {
    registerOptions: (visitor) => registerOptions(inside, visitor),
    register: (request, visitor) => register(inside, request, visitor),
    signInOptions: (visitor) => signInOptions(inside, visitor),
    signIn: (request, visitor) => signIn(inside, request, visitor),
    list: (visitor) => list(inside, visitor),
    remove: (request, visitor) => remove(inside, request, visitor),
  }
}

async function registerOptions(
  inside: Inside,
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly options: WebAuthnJson }>> {
  const fresh = await freshOf(inside, visitor)
  if (!('session' in fresh)) return fresh
  const answer = await called(
    inside,
    inside.auth.api.generatePasskeyRegistrationOptions({
      query: { name: fresh.session.email ?? fresh.session.name },
      headers: headersOf(visitor, ['session']),
      returnHeaders: true,
    }),
  )
  if (!answer.ok) return notAccepted()
  return { ok: true, options: { ...answer.response }, setCookies: answer.setCookies }
}

async function register(
  inside: Inside,
  request: { readonly name: string; readonly response: WebAuthnJson },
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly passkey: Passkey }>> {
  const fresh = await freshOf(inside, visitor)
  if (!('session' in fresh)) return fresh
  const name = request.name.trim()
  const unfit = checkName(name)
  if (unfit !== undefined) return unfit
  const response = attestationSchema.safeParse(request.response)
  if (!response.success) return notAccepted()
  const answer = await called(
    inside,
    inside.auth.api.verifyPasskeyRegistration({
      body: { response: response.data, name },
      headers: headersOf(visitor, ['session', 'passkey']),
      returnHeaders: true,
    }),
    FAILURE_REFUSES,
  )
  if (!answer.ok) return notAccepted()
  tellChange(inside, fresh.user, 'passkeyAdded')
  const { id, createdAt } = answer.response
  const passkey = { id, name, createdAt: new Date(createdAt).getTime() }
  return { ok: true, passkey, setCookies: answer.setCookies }
}

async function signInOptions(
  inside: Inside,
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly options: WebAuthnJson }>> {
  const wait = await inside.attempts.take('ceremony', { network: visitor.network })
  if (wait !== undefined) return tooMany(wait)
  const answer = await called(
    inside,
    inside.auth.api.generatePasskeyAuthenticationOptions({
      headers: headersOf(visitor, []),
      returnHeaders: true,
    }),
  )
  if (!answer.ok) return notAccepted()
  // The library asks for it only where it can be had; without it a passkey would be one factor.
  const options = { ...answer.response, userVerification: 'required' }
  return { ok: true, options, setCookies: answer.setCookies }
}

async function signIn(
  inside: Inside,
  request: { readonly response: WebAuthnJson },
  visitor: Visitor,
): Promise<AccountAnswer> {
  const response = assertionSchema.safeParse(request.response)
  if (!response.success) return notAccepted()
  const answer = await called(
    inside,
    inside.auth.api.verifyPasskeyAuthentication({
      body: { response: response.data },
      headers: headersOf(visitor, ['passkey']),
      returnHeaders: true,
    }),
    FAILURE_REFUSES,
  )
  if (!answer.ok) return notAccepted()
  await inside.attempts.succeed('ceremony', { network: visitor.network })
  const { session } = answer.response
  const { setCookies } = answer
  return admit(inside, visitor, { userId: session.userId, token: session.token, setCookies })
}

async function list(
  inside: Inside,
  visitor: Visitor,
): Promise<AccountAnswer<{ readonly passkeys: readonly Passkey[] }>> {
  const current = await currentOf(inside, visitor)
  if (current === undefined) return notSignedIn()
  const passkeys = await passkeysOf(inside, current)
  return { ok: true, passkeys, setCookies: [] }
}

async function remove(
  inside: Inside,
  { id }: { readonly id: string },
  visitor: Visitor,
): Promise<AccountAnswer> {
  const fresh = await freshOf(inside, visitor)
  if (!('session' in fresh)) return fresh
  const passkeys = await passkeysOf(inside, fresh)
  if (!passkeys.some((passkey) => passkey.id === id)) {
    return refused('passkey_not_found', 'You have no such passkey.')
  }
  await inside.adapter.delete({
    model: 'passkey',
    where: [
      { field: 'id', value: id },
      { field: 'userId', value: fresh.user.id },
    ],
  })
  return done()
}

async function passkeysOf(inside: Inside, { user }: Current): Promise<Passkey[]> {
  const rows = await inside.adapter.findMany<{
    readonly id: string
    readonly name: string | null
    readonly createdAt: Date
  }>({ model: 'passkey', where: [{ field: 'userId', value: user.id }] })
  return rows.map(({ id, name, createdAt }) => ({
    id,
    name: name ?? '',
    createdAt: createdAt.getTime(),
  }))
}

function notAccepted(): AccountRefused {
  const detail = 'The passkey was not accepted. Try again, or sign in another way.'
  return refused('passkey_refused', detail)
}
