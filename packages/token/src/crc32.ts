/**
 * CRC-32 (IEEE 802.3, reflected, as in zlib) over the low bytes of ASCII text.
 *
 * Guards against typing and copying slips and spares a look-up for made-up secrets; it is no
 * defence against somebody who computes it. Table-driven here because browsers have none.
 */

const TABLE = buildTable()

/** The state before the first character. */
export const CRC_START = -1

function buildTable(): Int32Array {
  const table = new Int32Array(256)
  for (let index = 0; index < 256; index += 1) {
    let value = index
    for (let bit = 0; bit < 8; bit += 1) {
      value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    }
    table[index] = value
  }
  return table
}

/** The state after one more ASCII character. */
export function crcStep(state: number, code: number): number {
  return (state >>> 8) ^ (TABLE[(state ^ code) & 0xff] ?? 0)
}

/** The checksum that a state stands for, as an unsigned number. */
export function crcEnd(state: number): number {
  return ~state >>> 0
}

/** The checksum of an ASCII text, as an unsigned number. */
export function crc32(text: string): number {
  let state = CRC_START
  for (let index = 0; index < text.length; index += 1) {
    state = crcStep(state, text.charCodeAt(index))
  }
  return crcEnd(state)
}
