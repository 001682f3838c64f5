/**
 * CRC-32 (IEEE 802.3, reflected, as in zlib) over the low bytes of ASCII text.
 *
 * Guards against typing and copying slips and spares a look-up for made-up secrets; it is no
 * defence against somebody who computes it. Table-driven here because browsers have none.
 */

const TABLE = buildTable()

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

/** The checksum of the first `length` characters, as an unsigned number. The text must be ASCII. */
export function crc32(text: string, length: number = text.length): number {
  let state = -1
  for (let index = 0; index < length; index += 1) {
    const entry = TABLE[(state ^ text.charCodeAt(index)) & 0xff] ?? 0
    state = (state >>> 8) ^ entry
  }
  return ~state >>> 0
}
