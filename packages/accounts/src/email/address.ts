// An address has one form here: trimmed, ASCII, lower case. Others are refused rather than folded: case mapping beyond
// ASCII makes one address of two that different people own (the Kelvin sign becomes a `k`), and the mail goes to one.

import * as z from 'zod'

const LENGTH_MAX = 254
const addressSchema = z.email()

/** The address in its one form, or undefined when it is none that an account can have. */
export function canonicalAddress(text: string): string | undefined {
  const trimmed = text.trim()
  if (trimmed.length > LENGTH_MAX || !/^[\x21-\x7e]+$/.test(trimmed)) return undefined
  const address = trimmed.toLowerCase()
  return addressSchema.safeParse(address).success && !isPlaceholder(address) ? address : undefined
}

/**
 * What guesses for an address are counted under: everything that could be meant as the same address is one, whether it
 * is an address or not.
 */
export function guessedAddress(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\p{C}]+/gu, '')
    .toLowerCase()
}

const PLACEHOLDER_HOST = '@provider.invalid'

/**
 * What stands for the address of an account of an outside provider. The library wants one that is unique, and joins
 * accounts by it; this one is made of the account's id, so that it is nobody else's. RFC 2606 section 2: never real.
 */
export function placeholderAddress(id: string): string {
  return `${id.toLowerCase()}${PLACEHOLDER_HOST}`
}

export function isPlaceholder(address: string): boolean {
  return address.endsWith(PLACEHOLDER_HOST)
}
