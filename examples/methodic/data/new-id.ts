import { randomBytes } from 'node:crypto'

/**
 * A fresh id, as `exp_019d2f3a4b60f9a6c2e41b`: ids of one kind sort by when they were made.
 * @param at epoch milliseconds
 */
export function newId(prefix: string, at: number): string {
  return `${prefix}_${at.toString(16).padStart(12, '0')}${randomBytes(5).toString('hex')}`
}
