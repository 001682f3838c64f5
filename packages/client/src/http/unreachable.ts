// Why no answer came, in words. Runtimes say it as codes, somewhere below the error that `fetch` throws.

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'nobody knows this name',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'the connection broke off',
  UND_ERR_SOCKET: 'the connection broke off',
  ETIMEDOUT: 'nothing came back',
  UND_ERR_CONNECT_TIMEOUT: 'nothing came back',
  EHOSTUNREACH: 'there is no way there',
  ENETUNREACH: 'there is no network',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
}

const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(VERIFY|GET_ISSUER)|CERT_UNTRUSTED/

/** Deno has no codes: it says the same in words. */
const CODES: readonly (readonly [words: RegExp, code: string])[] = [
  [/tcp connect error: Connection refused/, 'ECONNREFUSED'],
  [/dns error/, 'ENOTFOUND'],
  [/certificate: Expired/, 'CERT_HAS_EXPIRED'],
]

const CAUSES_MAX = 5

export interface Unreachable {
  readonly reason: string
  readonly hint: string
}

export function whyUnreachable(error: unknown): Unreachable {
  const hint = 'look at the address and the network'
  let cause: unknown = error
  for (let depth = 0; depth < CAUSES_MAX && cause instanceof Error; depth += 1) {
    const code = codeOf(cause)
    if (UNTRUSTED.test(code)) {
      return {
        reason: 'its certificate is not trusted here',
        hint: 'name the authority that signed it in NODE_EXTRA_CA_CERTS, as a proxy of a company asks for',
      }
    }
    const reason = REASONS[code]
    if (reason !== undefined) return { reason, hint }
    if (cause.cause === undefined) break
    cause = cause.cause
  }
  // Runtimes do not agree on a message, and one of their own may name more than we want to show.
  return { reason: 'the connection failed', hint }
}

function codeOf(error: Error): string {
  if ('code' in error) return String(error.code)
  return CODES.find(([words]) => words.test(error.message))?.[1] ?? ''
}
