import type { RandomBytes } from '@keywright/token'

/** Bytes that look random and are the same in every run. */
export function seededRandom(seed: number): RandomBytes {
  let state = seed >>> 0 || 1
  return (length) => {
    const bytes = new Uint8Array(length)
    for (let index = 0; index < length; index += 1) {
      // xorshift32: enough spread for ids and secrets of tests.
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      bytes[index] = state & 0xff
    }
    return bytes
  }
}
