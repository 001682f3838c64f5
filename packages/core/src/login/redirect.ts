/** Where a program listens for the answer, on any port of this machine. */
const CALLBACK = /^http:\/\/(?:127\.0\.0\.1|\[::1\])(?::([1-9]\d{0,4}))?\/callback$/
const PORT_MAX = 65_535

/**
 * Whether an answer may be sent there: `http://127.0.0.1:{port}/callback` or `http://[::1]:{port}/callback` and nothing
 * else, compared as text. Any port counts (RFC 8252 section 7.3); `localhost` does not, for what it resolves to is not
 * ours to know (section 8.3).
 */
export function isRedirectUri(text: string): boolean {
  const match = CALLBACK.exec(text)
  return match !== null && Number(match[1] ?? 80) <= PORT_MAX
}
