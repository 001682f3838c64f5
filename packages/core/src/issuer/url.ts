// Which URLs may name an issuer or its keys. Names are judged here, when a definition loads and before a document is
// asked for; the addresses behind a name are judged by whoever dials, each time.

/** Whether a host, as `URL` writes it, names this machine: `localhost`, 127.0.0.0/8, `[::1]`. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/**
 * Why text cannot be the URL of an issuer's document; undefined when it can be.
 * Https, or http to this machine; a host by name, or this machine's address; no userinfo, no fragment.
 */
export function whyNoIssuerUrl(text: unknown): string | undefined {
  if (typeof text !== 'string' || !URL.canParse(text)) return 'is not a URL'
  const url = new URL(text)
  const isLoopback = isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback)) {
    return 'is neither https nor http to this machine'
  }
  if (url.username !== '' || url.password !== '') return 'has a user name or password in it'
  if (text.includes('#')) return 'has a fragment'
  if (!isLoopback && /^[\d.]+$|^\[/.test(url.hostname)) return 'names an address instead of a host'
  // One spelling each: no octal or decimal addresses, dot segments, upper-case hosts or default ports.
  if (url.href !== text && url.href !== `${text}/`) {
    return `is not written in its plain form, ${url.href}`
  }
  return undefined
}
