/** Variables that name a proxy for https, and what is asked without it. Of each the first that is set counts, as in Node. */
export const PROXY_VARIABLES = ['https_proxy', 'HTTPS_PROXY']
export const EXCEPTION_VARIABLES = ['no_proxy', 'NO_PROXY']

/**
 * Whether `NO_PROXY` takes a host out, by the rules that `fetch` has for it: a domain takes out what is below it too.
 *
 * @param list entries with commas or spaces between them: `domain`, `.domain` or `*.domain`, with a port or without, or `*`
 */
export function isWithoutProxy(list: string, { hostname, port }: URL): boolean {
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .some((entry) => names(entry, hostname, port === '' ? '443' : port))
}

function names(entry: string, host: string, port: string): boolean {
  if (entry === '*') return true
  const [, name = entry, wanted = port] = /^(.+):(\d+)$/.exec(entry) ?? []
  if (wanted !== port) return false
  const domain = name.replace(/^\*?\./, '')
  return host === domain || host.endsWith(`.${domain}`)
}
