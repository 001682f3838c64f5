const EMAIL_LENGTH_MAX = 254

/** Whether text can be an e-mail address: enough to send to it, which alone proves anything. */
export function isEmail(text: string): boolean {
  return text.length <= EMAIL_LENGTH_MAX && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(text)
}

/**
 * Whether two addresses are one, without regard to case. Only ASCII letters have another case here: full case mapping
 * makes one address of two that different people own (the Kelvin sign becomes a `k`).
 */
export function isSameEmail(one: string, other: string): boolean {
  return lowerCase(one) === lowerCase(other)
}

function lowerCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}
