// Routes with holes: `GET /v1/agents/{id}` and what fills them.

import type { Route } from '../brand/brand.ts'

type QueryValue = string | number | boolean | null | undefined | readonly (string | number)[]
export type Query = Readonly<Record<string, QueryValue>>

export interface Target {
  readonly method: string
  readonly url: URL
}

/**
 * The method and URL of a call.
 *
 * @param server base URL; a path in it stays
 * @throws TypeError for a hole that nothing fills, or with something that would change the path
 */
export function targetOf(
  server: string,
  route: Route,
  {
    params,
    query,
  }: { readonly params?: Readonly<Record<string, string | number>>; readonly query?: Query },
): Target {
  const [method = '', path = ''] = route.split(' ', 2)
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    segmentOf(route, name, params?.[name]),
  )
  const url = new URL(server.replace(/\/+$/, '') + filled)
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== null && item !== undefined) url.searchParams.append(name, String(item))
    }
  }
  return { method, url }
}

// Dots alone would climb the path, also when they are encoded (WHATWG URL).
function segmentOf(route: Route, name: string, value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value)
  if (text !== '' && !/^\.{1,2}$/.test(text)) return encodeURIComponent(text)
  throw new TypeError(
    `${route} needs '${name}', and ${text === '' ? 'has none' : `'${text}' is not one`}`,
  )
}
