/** Why a text cannot be the base URL of accounts, or undefined: cookies of sessions need TLS or the machine itself. */
export function whyNoBaseUrl(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined) return 'is no URL'
  const isLocal = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) return 'is without TLS'
  const beside = url.pathname.slice(1) + url.search + url.hash + url.username + url.password
  return beside === '' ? undefined : 'has more than scheme, host and port'
}
