/**
 * Looks for many secrets in many bytes in one pass. The last bytes of every form are its anchor
 * (the first ones are a head that all secrets share); a small table of hashed anchors passes over
 * nearly every place, and only where it hits are the forms compared in full.
 */
import { formsOf } from './forms.ts'

const TABLE_BITS = 16
const ANCHOR_BYTES = 4

/** Finds which of the secrets stand in the bytes, in any form. */
export type Scanner = (bytes: Buffer) => string[]

/** Prepares a scan for these secrets. */
export function createScanner(secrets: Iterable<string>): Scanner {
  const table = new Uint8Array(2 ** TABLE_BITS)
  const byAnchor = new Map<number, { form: Buffer; secret: string }[]>()
  for (const secret of new Set(secrets)) {
    for (const text of formsOf(secret)) {
      const form = Buffer.from(text, 'utf8')
      const anchor = form.readInt32BE(form.length - ANCHOR_BYTES)
      table[slotOf(anchor)] = 1
      const known = byAnchor.get(anchor)
      if (known === undefined) byAnchor.set(anchor, [{ form, secret }])
      else known.push({ form, secret })
    }
  }
  return (bytes) => {
    const found = new Set<string>()
    let window = 0
    for (let end = 1; end <= bytes.length; end += 1) {
      window = (window << 8) | (bytes[end - 1] ?? 0)
      if (table[slotOf(window)] === 0) continue
      for (const { form, secret } of byAnchor.get(window) ?? []) {
        const start = end - form.length
        if (start >= 0 && bytes.compare(form, 0, form.length, start, end) === 0) found.add(secret)
      }
    }
    return [...found]
  }
}

function slotOf(anchor: number): number {
  return Math.imul(anchor, 0x9e3779b1) >>> (32 - TABLE_BITS)
}
