/**
 * The forms in which a secret may leak: raw, hex, base64, base64url and percent-encoded, and the
 * starts that base64 gives it at each of the three places it can have inside a longer text.
 * Every form is ASCII, so a scan compares bytes. Compression and encryption are not looked into.
 */

/** Shorter texts occur by accident and are refused as canaries. */
export const CANARY_LENGTH_MIN = 16

/** All forms of one secret, without repeats. */
export function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8')
  const hex = bytes.toString('hex')
  const percent = hex.replaceAll(/../g, '%$&')
  const json = JSON.stringify(secret).slice(1, -1)
  const forms = [secret, json, hex, hex.toUpperCase(), percent, percent.toUpperCase()]
  forms.push(encodeURIComponent(secret))
  for (const encoding of ['base64', 'base64url'] as const) {
    for (const lead of [0, 1, 2]) forms.push(innerBase64(bytes, lead, encoding))
  }
  return [...new Set(forms)]
}

/** The base64 digits that depend on the secret alone when `lead` other bytes stand before it. */
function innerBase64(bytes: Buffer, lead: number, encoding: 'base64' | 'base64url'): string {
  const text = Buffer.concat([Buffer.alloc(lead), bytes]).toString(encoding)
  const first = Math.ceil((lead * 8) / 6)
  const last = Math.floor(((lead + bytes.length) * 8) / 6)
  return text.slice(first, last)
}
