// Accounts of an authority: who signs in with a password, a passkey or an outside provider becomes a person of it.

import type {
  AccountIdentity,
  OwnAccounts,
  People,
  ProviderOptions,
  SendMail,
} from '@keywright/accounts'
import type { Authority, Outcome } from '@keywright/core'
import { guardedRequest } from '@keywright/verifier'
import { whyNoBaseUrl } from './base-url.ts'
import { insideOf } from './inside.ts'

export interface OpenAccountsOptions {
  /** Where browsers find the pages: `https://example.com`. Without TLS only on the machine itself. */
  readonly baseUrl: string
  /** Hands a mail over. `fileOutbox(folder)` keeps them as files. */
  readonly sendMail: SendMail
  /** Outside providers of sign-in (OpenID Connect); default none. */
  readonly providers?: readonly ProviderOptions[]
  /** Told when a mail could not be sent. */
  readonly onMailFailed?: (error: unknown) => void
}

/**
 * Opens accounts over the database of an authority. They end with it. They tell the time by the authority's clock and,
 * where the library under them asks for it, by `Date`: a test that moves one moves both.
 * @throws TypeError when the base URL or a provider cannot be right
 *
 * @example
 * const accounts = await openAccounts(authority, { baseUrl: 'https://lab.example', sendMail })
 */
export async function openAccounts(
  authority: Pick<Authority, 'people' | 'definition'>,
  options: OpenAccountsOptions,
): Promise<OwnAccounts> {
  const { baseUrl, sendMail, providers = [], onMailFailed = () => {} } = options
  const why = whyNoBaseUrl(baseUrl)
  if (why !== undefined) throw new TypeError(`The base URL of accounts, '${baseUrl}', ${why}.`)
  const { accounts, accountsKey, clock, random, store } = insideOf(authority)
  // Loaded only here: a server of keys alone starts without it.
  const { createAccounts } = await import('@keywright/accounts')
  return createAccounts({
    database: accounts,
    key: accountsKey,
    baseUrl,
    product: authority.definition.product.name,
    sendMail,
    onMailFailed,
    people: peopleOf(authority, async (id) => (await store.reads.findReach(id)).blockedBy !== null),
    providers,
    requestJson: guardedRequest(),
    clock,
    random,
  })
}

function peopleOf(
  { people }: Pick<Authority, 'people'>,
  isBlocked: (personId: string) => Promise<boolean>,
): People {
  return {
    enter: (identity) => enter(people, identity),
    async find(personId) {
      const shown = await people.show(personId)
      if (!shown.ok) return undefined
      const { id, name, email } = shown.person
      return { id, name, email, isBlocked: await isBlocked(id) }
    },
    async rename(personId, name) {
      wanted(await people.change(personId, { name }))
    },
  }
}

async function enter(people: Authority['people'], identity: AccountIdentity): Promise<string> {
  const { person, isNew } = wanted(await people.join(identity))
  const { name, email, isEmailVerified } = identity
  const isSame =
    person.name === name && person.email === email && person.isEmailVerified === isEmailVerified
  if (!isNew && !isSame) wanted(await people.change(person.id, { name, email, isEmailVerified }))
  return person.id
}

/** What accounts hand over has been checked by them: a refusal here is a fault of ours. */
function wanted<Result>(outcome: Outcome<Result>): Result {
  if (!outcome.ok) throw new Error(`People refused what accounts know: ${outcome.detail}`)
  return outcome
}
