/** What is no fault and yet explains one: the way that requests take, and what protects the files here. */
import type { Context } from '../../session/context.ts'
import { resolveNow, valueOf } from '../../session/resolved.ts'
import { EXCEPTION_VARIABLES, isWithoutProxy, PROXY_VARIABLES } from '../../world/proxy.ts'
import type { Finding } from './finding.ts'

export function factsOf(context: Context): readonly string[] {
  const { places, world } = context
  const acl = `On Windows modes mean nothing: the access list of ${places?.directory ?? ''} protects the login. See that it names nobody but you.`
  return [
    ...proxyFact(context),
    ...(world.platform === 'win32' && places !== undefined ? [acl] : []),
  ]
}

/** A proxy whose address is none: every request would fail, and none would say why. */
export function findInProxy({ world }: Context): readonly Finding[] {
  const proxy = firstOf(world.env, PROXY_VARIABLES)
  if (proxy === undefined || proxyUrlOf(proxy.value) !== null) return []
  return [
    {
      code: 'unusable_proxy',
      problem: `${proxy.name} names no proxy: it is no http or https URL`,
      fix: 'write it as http://HOST:PORT, or unset it',
    },
  ]
}

function proxyFact(context: Context): readonly string[] {
  const { env } = context.world
  const server = valueOf(resolveNow(context), context.brand.server.name)
  const proxy = firstOf(env, PROXY_VARIABLES)
  const url = server === undefined ? null : URL.parse(server)
  const proxyUrl = proxy === undefined ? null : proxyUrlOf(proxy.value)
  if (proxy === undefined || proxyUrl === null || url === null) return []
  if (url.protocol !== 'https:') {
    return [`${proxy.name} is set; it is not used for ${url.host}, which is asked in plain http.`]
  }
  const exceptions = firstOf(env, EXCEPTION_VARIABLES)
  if (exceptions !== undefined && isWithoutProxy(exceptions.value, url)) {
    return [`${proxy.name} is set; ${exceptions.name} takes ${url.host} out.`]
  }
  // The host alone: a proxy's address may have a password in it.
  return [`${url.host} is asked through the proxy ${proxyUrl.host}, which ${proxy.name} names.`]
}

/** `jane:secret@proxy` is a URL too, of the scheme `jane`. */
function proxyUrlOf(text: string): URL | null {
  const url = URL.parse(text)
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : null
}

function firstOf(
  env: Context['world']['env'],
  names: readonly string[],
): { readonly name: string; readonly value: string } | undefined {
  for (const name of names) {
    const value = env[name]
    if (value !== undefined && value !== '') return { name, value }
  }
  return undefined
}
