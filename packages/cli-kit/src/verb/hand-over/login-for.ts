/** The login that a program may have which asks for a host: that of this host, never that of another. */
import { hostOf } from '@keywright/client'
import { Failure } from '../../output/failure.ts'
import type { Context } from '../../session/context.ts'
import { requireLogin, resolveNow, valueOf } from '../../session/resolved.ts'
import { storedOnly } from '../../session/stored-only.ts'

/** What another program asked. */
export interface Asking {
  /** The word after the protocol, as `get`. */
  readonly operation: string | undefined
  readonly profile: string | undefined
}

/** A stored login, for the one host that may see it. */
export interface HostLogin {
  /** The origin of the server. */
  readonly host: string
  readonly credential: string
}

/**
 * The user name that goes with a token where a protocol wants one. Servers that take a token in place of a password do not
 * look at it.
 */
export const USER_NAME = 'token'

/**
 * @returns undefined when the host is none that is known here
 * @throws Failure `not_logged_in` when it is the product's own and nobody is logged in there
 */
export async function loginFor(
  context: Context,
  { profile }: Asking,
  isAsked: (host: string) => boolean,
): Promise<HostLogin | undefined> {
  const { brand } = context
  const server = valueOf(resolveNow(context, { profile }), brand.server.name)
  const host = server === undefined ? undefined : hostOf(server)
  if (host !== undefined && isAsked(host)) {
    return { host, credential: onOneLine(requireLogin(context, { profile }).credential) }
  }
  const other = (await storedHosts(context)).find(isAsked)
  if (other === undefined) return undefined
  // A variable is for the host in force and for no other.
  const { credential } = requireLogin(storedOnly(context), { server: other })
  return { host: other, credential: onOneLine(credential) }
}

/** Anything else in a host would be read one way here and another way by whoever connects to it. */
const HOST = /^(\[[\da-f:.]+\]|[\w.-]+)(:\d+)?$/i

/** The origin that a program names in two parts; undefined where they could be read as that of another. */
export function originOf(protocol: string, host: string): string | undefined {
  const isPlain = /^https?$/.test(protocol) && HOST.test(host)
  return isPlain ? hostOf(`${protocol}://${host}`) : undefined
}

/** The hosts that something is stored for, in a layout of hosts. */
export async function storedHosts(context: Context): Promise<readonly string[]> {
  const store = context.brand.files?.layout === 'hosts-json' ? await context.store() : undefined
  const entries = (await store?.entries()) ?? []
  return entries.flatMap(({ name }) => hostOf(name) ?? [])
}

/** A line end in a credential would be read as a further field of the protocol. */
export function onOneLine(credential: string): string {
  if (!/\s/.test(credential)) return credential
  throw new Failure('malformed_secret', 'The credential in use has white space in it.', {
    hint: 'Log in again, or correct the place that it comes from.',
  })
}
