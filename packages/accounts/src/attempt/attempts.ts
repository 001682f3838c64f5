// How often somebody has guessed or asked for mail, by address and by network. An attempt is counted in a transaction
// of its own before it is looked at, so that guesses at the same time cannot pass together, and nothing that fails
// afterwards takes it back (RFC 6819 section 5.1.4.2.3).

import { createHmac } from 'node:crypto'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { AccountTables } from '../auth/tables.ts'
import { guessedAddress } from '../email/address.ts'

const MINUTE_MS = 60_000

interface Limit {
  readonly max: number
  readonly windowMs: number
}

/** What is counted, and how much of it there may be for one address and from one network. */
const LIMITS = {
  password: {
    address: { max: 10, windowMs: 15 * MINUTE_MS },
    network: { max: 100, windowMs: 15 * MINUTE_MS },
  },
  code: {
    address: { max: 10, windowMs: 15 * MINUTE_MS },
    network: { max: 100, windowMs: 15 * MINUTE_MS },
  },
  mail: {
    address: { max: 5, windowMs: 60 * MINUTE_MS },
    network: { max: 30, windowMs: 60 * MINUTE_MS },
  },
} as const satisfies Record<string, Record<'address' | 'network', Limit>>

export type Purpose = keyof typeof LIMITS

/** For whom an attempt counts. An undefined network is not counted. */
export interface Guessed {
  /** An e-mail address as it was typed, or the id of an account. */
  readonly address: string
  readonly network: string | undefined
}

interface Counter extends Limit {
  readonly subject: string
}

export interface AttemptsDeps {
  readonly db: Kysely<AccountTables>
  readonly key: Uint8Array
  readonly clock: { now(): number }
}

export class Attempts {
  readonly #deps: AttemptsDeps

  constructor(deps: AttemptsDeps) {
    this.#deps = deps
  }

  /** Counts an attempt. @returns undefined when it may be made, else the seconds to wait */
  async take(purpose: Purpose, guessed: Guessed): Promise<number | undefined> {
    const now = this.#deps.clock.now()
    const counters = this.#countersOf(purpose, guessed)
    const ends = await this.#deps.db.transaction().execute(async (db) => {
      await db.deleteFrom('account_attempts').where('ends_at', '<=', now).execute()
      const over: number[] = []
      for (const { subject, max, windowMs } of counters) {
        const row = await db
          .insertInto('account_attempts')
          .values({ subject, count: 1, ends_at: now + windowMs })
          .onConflict((conflict) =>
            conflict.column('subject').doUpdateSet({ count: sql`account_attempts.count + 1` }),
          )
          .returning(['count', 'ends_at'])
          .executeTakeFirstOrThrow()
        if (row.count > max) over.push(row.ends_at)
      }
      return over
    })
    return ends.length === 0 ? undefined : Math.ceil((Math.max(...ends) - now) / 1000)
  }

  /** An attempt was right: the address begins anew, and it does not count against the network. */
  async succeed(purpose: Purpose, guessed: Guessed): Promise<void> {
    const [address, network] = this.#countersOf(purpose, guessed)
    await this.#deps.db.transaction().execute(async (db) => {
      if (address !== undefined) {
        await db.deleteFrom('account_attempts').where('subject', '=', address.subject).execute()
      }
      if (network === undefined) return
      await db
        .updateTable('account_attempts')
        .set({ count: sql`count - 1` })
        .where('subject', '=', network.subject)
        .where('count', '>', 0)
        .execute()
    })
  }

  #countersOf(purpose: Purpose, { address, network }: Guessed): readonly Counter[] {
    const limits = LIMITS[purpose]
    const name = (what: string, value: string): string =>
      createHmac('sha256', this.#deps.key)
        .update(JSON.stringify([purpose, what, value]))
        .digest('base64url')
    const counters: Counter[] = [
      { ...limits.address, subject: name('address', guessedAddress(address)) },
    ]
    if (network !== undefined) {
      counters.push({ ...limits.network, subject: name('network', network) })
    }
    return counters
  }
}
