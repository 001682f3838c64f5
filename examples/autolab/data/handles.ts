// What people are called in addresses: `alice` in `alice/nanochat`. Handles belong to the product; Keywright knows
// people by their ids.

import type { DatabaseSync } from 'node:sqlite'

const LENGTH_MAX = 32

export class Handles {
  readonly #db: DatabaseSync

  constructor(db: DatabaseSync) {
    this.#db = db
  }

  /** The person of a handle. */
  personOf(handle: string): string | undefined {
    const row = this.#db.prepare('SELECT person_id FROM handles WHERE handle = ?').get(handle)
    return row === undefined ? undefined : String(row['person_id'])
  }

  /** The handle of a person; the first time it is made of their name. */
  of(person: { readonly id: string; readonly name: string }): string {
    const row = this.#db.prepare('SELECT handle FROM handles WHERE person_id = ?').get(person.id)
    return row === undefined ? this.#claim(person) : String(row['handle'])
  }

  #claim({ id, name }: { readonly id: string; readonly name: string }): string {
    const wish = handleOf(name)
    const claim = this.#db.prepare(
      'INSERT OR IGNORE INTO handles (handle, person_id) VALUES (?, ?)',
    )
    for (let attempt = 1; ; attempt += 1) {
      const handle = attempt === 1 ? wish : `${wish}-${attempt}`
      if (claim.run(handle, id).changes === 1) return handle
    }
  }
}

/** The first word of a name, in the letters of an address: `Alice Doe` is `alice`. */
function handleOf(name: string): string {
  const [word = ''] = name.trim().split(/\s+/)
  const plain = word
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '')
  return plain.slice(0, LENGTH_MAX) || 'someone'
}
