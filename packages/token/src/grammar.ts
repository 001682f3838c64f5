/**
 * The lengths and the head of `<prefix>[_<mode>]_<30 random><6 checksum>`, in one place for all
 * who write, read and redact secrets.
 */

/** Random base62 digits in a secret: about 178 bits. */
export const RANDOM_LENGTH = 30

/** Base62 digits of the CRC-32 that ends a secret. */
export const CHECKSUM_LENGTH = 6

/** Longest secret; anything longer is refused before it is looked at. */
export const SECRET_LENGTH_MAX = 120

/** Random part and checksum together. */
export const BODY_LENGTH: number = RANDOM_LENGTH + CHECKSUM_LENGTH

/** Longest head: what is left when the underscore and the body are taken off. */
export const HEAD_LENGTH_MAX: number = SECRET_LENGTH_MAX - BODY_LENGTH - 1

/** Digits of the random part that a start shows. */
export const START_LENGTH = 4
