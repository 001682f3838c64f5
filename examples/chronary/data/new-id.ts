import { randomBytes } from 'node:crypto'

/** A fresh id, as `agt_0f9a6c2e41b7d385`. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(8).toString('hex')}`
}
