// How often somebody has guessed or asked for mail, by address and by network. An attempt is counted in a transaction
// of its own before it is looked at, so that guesses at the same time cannot pass together, and nothing that fails
// afterwards takes it back (RFC 6819 section 5.1.4.2.3). A network that is over its limit counts for no address any more:
// it is refused anyway, and must neither lock every address out nor fill the table.

import { createHmac } from 'node:crypto'
import { networkOf } from '@keywright/core'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { AccountTables } from '../auth/tables.ts'
import { guessedAddress } from '../email/address.ts'

const MINUTE_MS = 60_000

interface Limit {
  readonly max: number
  readonly windowMs: number
}

/**
 * So many times a network's limit counts for all together who have none of their own: behind a proxy on this machine that
 * was not named, or where nobody says an address. One of them shuts the others out less easily, and mail stays bounded.
 */
const TOGETHER = 10

interface Limits {
  readonly address?: Limit
  /** For one address as well, over a longer time. */
  readonly day?: Limit
  readonly network: Limit
}

/** What is counted, and how much of it there may be for one address and from one network. */
const LIMITS = {
  password: {
    address: { max: 10, windowMs: 15 * MINUTE_MS },
    network: { max: 100, windowMs: 15 * MINUTE_MS },
  },
  code: {
    address: { max: 10, windowMs: 15 * MINUTE_MS },
    // Of a million codes three are right at a time: ten each quarter of an hour would find one within a year.
    day: { max: 40, windowMs: 24 * 60 * MINUTE_MS },
    network: { max: 100, windowMs: 15 * MINUTE_MS },
  },
  mail: {
    address: { max: 5, windowMs: 60 * MINUTE_MS },
    network: { max: 30, windowMs: 60 * MINUTE_MS },
  },
  /** Passkeys and providers: each is a row, asked for by anybody. */
  ceremony: { network: { max: 200, windowMs: 15 * MINUTE_MS } },
} as const satisfies Record<string, Limits>

export type Purpose = keyof typeof LIMITS

/** For whom an attempt counts. */
export interface Guessed {
  /** An e-mail address as it was typed, or the id of an account; absent where it is about none yet. */
  readonly address?: string
  /** The client's address; its network is counted. */
  readonly network: string | undefined
}

interface Counter extends Limit {
  readonly subject: string
}

type Counters = Readonly<Record<keyof Limits, Counter | undefined>>

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
    const { network, address, day } = this.#countersOf(purpose, guessed)
    const endsAt = await this.#deps.db.transaction().execute(async (db) => {
      await db.deleteFrom('account_attempts').where('ends_at', '<=', now).execute()
      for (const counter of [network, address, day]) {
        const overUntil = await count(db, counter, now)
        if (overUntil !== undefined) return overUntil
      }
      return undefined
    })
    return endsAt === undefined ? undefined : Math.ceil((endsAt - now) / 1000)
  }

  /** An attempt was right: the address begins anew, and it does not count against the network and the day. */
  async succeed(purpose: Purpose, guessed: Guessed): Promise<void> {
    const { network, address, day } = this.#countersOf(purpose, guessed)
    await this.#deps.db.transaction().execute(async (db) => {
      await db
        .deleteFrom('account_attempts')
        .where('subject', 'in', subjectsOf([address]))
        .execute()
      await db
        .updateTable('account_attempts')
        .set({ count: sql`count - 1` })
        .where('subject', 'in', subjectsOf([network, day]))
        .where('count', '>', 0)
        .execute()
    })
  }

  /** Whoever guessed has lost what they guessed with: the address begins anew altogether. */
  async clear(purpose: Purpose, address: string): Promise<void> {
    const counters = this.#countersOf(purpose, { address, network: undefined })
    await this.#deps.db
      .deleteFrom('account_attempts')
      .where('subject', 'in', subjectsOf([counters.address, counters.day]))
      .execute()
  }

  #countersOf(purpose: Purpose, { address, network }: Guessed): Counters {
    const ownNetwork = networkOf(network)
    const whole: Limits = LIMITS[purpose]
    const max = whole.network.max * (ownNetwork === undefined ? TOGETHER : 1)
    const limits: Limits = { ...whole, network: { ...whole.network, max } }
    const counter = (what: keyof Counters, value: string | undefined): Counter | undefined => {
      const limit = limits[what]
      if (limit === undefined || value === undefined) return undefined
      const subject = createHmac('sha256', this.#deps.key)
        .update(JSON.stringify([purpose, what, value]))
        .digest('base64url')
      return { ...limit, subject }
    }
    const subject = address === undefined ? undefined : guessedAddress(address)
    return {
      network: counter('network', ownNetwork ?? ''),
      address: counter('address', subject),
      day: counter('day', subject),
    }
  }
}

function subjectsOf(counters: readonly (Counter | undefined)[]): string[] {
  return counters.flatMap((counter) => (counter === undefined ? [] : [counter.subject]))
}

/** Counts one attempt. @returns when the counter begins anew, if it is over its limit now */
async function count(
  db: Kysely<AccountTables>,
  counter: Counter | undefined,
  now: number,
): Promise<number | undefined> {
  if (counter === undefined) return undefined
  const { subject, max, windowMs } = counter
  const row = await db
    .insertInto('account_attempts')
    .values({ subject, count: 1, ends_at: now + windowMs })
    .onConflict((conflict) =>
      conflict.column('subject').doUpdateSet({ count: sql`account_attempts.count + 1` }),
    )
    .returning(['count', 'ends_at'])
    .executeTakeFirstOrThrow()
  return row.count > max ? row.ends_at : undefined
}
