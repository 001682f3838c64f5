import { Failure } from '../output/failure.ts'

/**
 * A URL that a server named and that a browser may be sent to. Metadata is a stranger's text: a `file:` URL, a custom
 * scheme or a word that a shell would run must never reach a program, and a login page in plain http only on this machine
 * (reliability row 48).
 *
 * @throws Failure `not_this_product` for anything but https, or http on loopback
 */
export function webUrl(text: unknown, what: string): URL {
  const url = typeof text === 'string' ? URL.parse(text) : null
  if (url === null) {
    throw new Failure('not_this_product', `The server's ${what} is no URL.`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new Failure('not_this_product', `The server's ${what} has a user name in it.`)
  }
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLoopback(url))) {
    const scheme = url.protocol.slice(0, -1)
    throw new Failure('not_this_product', `The server's ${what} is a ${scheme} URL, not https.`, {
      hint: 'It was not opened. Check the server URL, and tell its operators.',
    })
  }
  return url
}

/** RFC 8252, section 8.3: names resolve to what somebody else says, so besides `localhost` addresses count. */
export function isLoopback(url: URL): boolean {
  const { hostname } = url
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
