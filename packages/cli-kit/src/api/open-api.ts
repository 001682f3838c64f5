/** The product's server, asked with one credential through the client that its SDK is built on. */
import { clientFor, type ClientOptions, type Route, type SettingsInput } from '@keywright/client'
import type { Context } from '../session/context.ts'
import { resolveNow, valueOf } from '../session/resolved.ts'
import type { Api, ApiRequest } from './api.ts'
import { failureOf } from './failure-of.ts'
import { transportOf } from './transport.ts'

export interface ApiLogin {
  readonly server: string
  readonly credential: string
  /** Where the credential comes from, for the text of a refusal; undefined while it is only being tried. */
  readonly source: string | undefined
  /** How to give another in its place, when it is refused. */
  readonly remedy?: string
  /** Ends its calls. Default: Ctrl-C. */
  readonly interrupted?: AbortSignal
}

/** An API whose calls fail with our exit codes. */
export function openApi(context: Context, login: ApiLogin): Api {
  const { brand, world } = context
  const { server, credential, source, remedy, interrupted = world.interrupted } = login
  const { host, ...transport } = transportOf(context, interrupted)
  // Everything is decided already: a broken file must not keep a login from replacing it.
  const options = {
    [brand.credential.option]: credential,
    [brand.server.option]: server,
    ...timeoutOption(context),
    argumentNames: { [brand.credential.option]: source ?? 'this login' },
    ...transport,
    host: { env: {}, files: undefined, ...host },
  }
  const Client = clientFor(brand)
  const client = new Client(options as ClientOptions<SettingsInput>)
  const call = async (route: Route, request: ApiRequest = {}): Promise<unknown> => {
    try {
      return await client.call(route, request)
    } catch (error) {
      throw failureOf(error, { isTried: source === undefined, remedy, interrupted })
    }
  }
  return { server, call }
}

/** The limit of each request, in brands that have the setting. */
function timeoutOption(context: Context): { readonly timeout?: number } {
  const value = Number(valueOf(resolveNow(context), 'timeout'))
  return Number.isFinite(value) && value > 0 ? { timeout: value } : {}
}
