import { randomFillSync } from 'node:crypto'
import type { RandomBytes } from '@keywright/token'

/** The operating system's source. */
export const systemRandom: RandomBytes = (length) => randomFillSync(new Uint8Array(length))
