/** The grammar of a secret: generate, read, digest, pepper, redact. Depends on nothing. */
export type { RandomBytes } from './base62.ts'
export { digestKey, digestSecret } from './digest.ts'
export { generateSecret } from './generate.ts'
export { CHECKSUM_LENGTH, RANDOM_LENGTH, SECRET_LENGTH_MAX } from './grammar.ts'
export { pepperDigest } from './pepper.ts'
export { readSecret } from './read.ts'
export { redactSecrets } from './redact.ts'
export { startOf } from './start.ts'
