/**
 * `login --pickup`: a one-time code, typed unseen, becomes the token that somebody promised to this machine. A code that
 * is sent twice ends the token that it got, so it is never sent again by itself.
 */
import { APIError } from '@keywright/client'
import { openApi } from '../../api/open-api.ts'
import { fieldsOf, textOf } from '../../api/read-answer.ts'
import { secretIn } from '../../api/token.ts'
import { Failure } from '../../output/failure.ts'
import { readAll } from '../../secret/given-secret.ts'
import { commandText } from '../../session/command-text.ts'
import type { Context } from '../../session/context.ts'
import { isInteractive, requireSecret } from '../../session/interactive.ts'
import type { Obtained, Obtaining } from './obtain.ts'

const UNDO_MAX_MS = 5000

/** Letters, digits and hyphens; how many and which of them is the server's matter. */
const CODE = /^[0-9A-Za-z-]{8,128}$/

/** @throws Failure `login_refused` for a code that gets nothing */
export async function pickUp(context: Context, { server, flags }: Obtaining): Promise<Obtained> {
  const { brand, line, world } = context
  const { redeemPickup } = brand.routes
  if (redeemPickup === undefined) throw new Error('there is no route for pick-ups')
  const code = tidyCode(context, await givenCode(context, flags['pickup']))
  // The code stands where a credential does, so that it is taken out of what the server says; it goes out in the body.
  const api = openApi(context, { server, credential: code, source: undefined })
  const body = {
    pickup_code: code,
    device_name: `${world.user}@${world.hostName}`,
    ...(line.login.way === 'browser' && { client_id: line.login.clientId }),
  }
  const request = { body, isAnonymous: true, idempotencyKey: null } as const
  const made = fieldsOf(await api.call(redeemPickup, request).catch(refuse))
  const credential = secretIn(made, 'the token')
  return { credential, end: () => end(context, { server, credential, id: textOf(made, 'id') }) }
}

async function givenCode(context: Context, given: string | boolean | undefined): Promise<string> {
  if (typeof given === 'string' && given !== '-') return given
  // On a terminal nothing would come, and nothing would say so.
  if (given === '-' && !isInteractive(context)) return readAll(context.world.stdin)
  const command = `${commandText(context, 'login') ?? context.line.name} --pickup -`
  const hint = `Run \`${command}\` and give the code on standard input.`
  return requireSecret(context, context.texts.askPickupCode, hint)
}

/** The code without what typing and copying add. @throws Failure `malformed_secret`, which never repeats it */
function tidyCode({ brand }: Context, text: string): string {
  const code = text.replaceAll(/[\s\uFEFF]/g, '')
  if (code === '') throw new Failure('malformed_secret', 'The code is empty.')
  if (CODE.test(code)) return code
  throw new Failure('malformed_secret', 'This is no pick-up code: it has letters and hyphens.', {
    hint: `A credential of ${brand.client} is given without --pickup.`,
  })
}

function refuse(error: unknown): never {
  const { cause } = error as { readonly cause?: unknown }
  const isRefusal =
    cause instanceof APIError && ['pickup_not_found', 'pickup_ended'].includes(cause.code)
  if (!(error instanceof Failure) || !isRefusal) throw error
  const { message, requestId } = error
  // The server says no more of a code than that; who typed it twice here is the one who cannot know why.
  const hint = 'If it was used on this machine before, that login is ended too: send another.'
  throw new Failure('login_refused', message, { hint, requestId, cause })
}

/** Also after Ctrl-C: what nobody will use must not stay valid. A token may always end itself. */
async function end(
  context: Context,
  made: { readonly server: string; readonly credential: string; readonly id: string | undefined },
): Promise<boolean> {
  const { id } = made
  if (id === undefined) return false
  const interrupted = AbortSignal.timeout(UNDO_MAX_MS)
  const api = openApi(context, { ...made, source: undefined, interrupted })
  await api.call(context.brand.routes.revokeKey, { params: { id } })
  return true
}
