// Composition: a definition and a database become a running authority. Everything the domain takes as a parameter
// (time, randomness, environment) comes in here.

import { dirname } from 'node:path'
import type { Authority, Clock, Definition, KeyDeps, Store } from '@keywright/core'
import { actorAs, admitToken, ledgerOf, redeemPickup, StoreUnavailable } from '@keywright/core'
import { openStore } from '@keywright/storage'
import type { RandomBytes } from '@keywright/token'
import { pepperDigest } from '@keywright/token'
import type { KeysFailed, PeopleSource, Source } from '@keywright/verifier'
import { guardedGet, JwtVerifier, VerifierEngine } from '@keywright/verifier'
import { systemClock } from './clock.ts'
import type { LimitsNow } from './desk.ts'
import { deskOf, operatorDeskOf } from './desk.ts'
import { loginOf } from './login.ts'
import { makeFolder } from './make-folder.ts'
import { systemRandom } from './random.ts'
import { rememberInside } from './inside.ts'
import { accountsKeyOf, findRootKey, pepperOf, ROOT_KEY_VARIABLE } from './root-key.ts'
import { UsageWriter } from './usage-writer.ts'

export interface OpenOptions {
  /** Path of the SQLite file, made on the first start; `:memory:` keeps nothing. */
  readonly database: string
  /** 32 bytes as hex or base64url. Default: `KEYWRIGHT_ROOT_KEY`, else an owner-only file beside the database. */
  readonly rootKey?: string
  /** How many keys are kept in memory; default 100 000. */
  readonly cacheCapacity?: number
  /** Called when the database failed in a way that only a restart can mend. */
  readonly onFatal?: (error: StoreUnavailable) => void
  /** Called with what is worth a look but no reason not to start. */
  readonly onWarning?: (warning: string) => void
  /** Told when an issuer's keys could not be fetched; callers see 503 and no reason. */
  readonly onKeysFailed?: (failed: KeysFailed) => void
  /** For tests of what depends on time. */
  readonly clock?: Clock
  /** For tests of what depends on chance. */
  readonly random?: RandomBytes
}

/**
 * Opens the engine of a definition over a database.
 * @throws StartError, or a refusal of the storage, when it must not start; nothing has changed then
 */
export async function openAuthority<
  Scope extends string,
  Kinds extends string,
  Mode extends string,
  Role extends string = string,
>(
  definition: Definition<Scope, Kinds, Mode, Role>,
  options: OpenOptions,
): Promise<Authority<Scope, Kinds, Mode, Role>> {
  const { database, clock = systemClock, random = systemRandom } = options
  const fromEnvironment = options.rootKey ?? process.env[ROOT_KEY_VARIABLE]
  if (database !== ':memory:') await makeFolder(dirname(database))
  const rootKey = await findRootKey({ database, fromEnvironment, random })
  const randomId = (): string => Buffer.from(random(16)).toString('base64url')
  const opened = await openStore({ path: database, rootKey, randomId })
  for (const warning of opened.warnings) options.onWarning?.(warning)
  const store = options.onFatal === undefined ? opened : watchFatal(opened, options.onFatal)
  const deps: KeyDeps = { definition, store, clock, random, pepper: pepperOf(rootKey) }
  const tokens = tokensOf(deps, options)
  const engine = new VerifierEngine(
    {
      definition,
      source: sourceOf(deps),
      people: peopleOf(deps),
      ...(tokens === undefined ? {} : { tokens }),
      feed: store,
      ledger: ledgerOf(store),
      clock,
      ...(options.cacheCapacity === undefined ? {} : { cacheCapacity: options.cacheCapacity }),
    },
    () => void usage.flush(),
  )
  const usage = new UsageWriter(store, engine)
  const authority = compose(deps, { engine, usage, tokens })
  rememberInside(authority, {
    ...deps,
    accounts: opened.accounts,
    accountsKey: accountsKeyOf(rootKey),
  })
  return authority as unknown as Authority<Scope, Kinds, Mode, Role>
}

function compose(deps: KeyDeps, { engine, usage, tokens }: Running): Authority {
  const limits: LimitsNow = {
    unspent: (account) => engine.quotas.unspent(account),
    look: (facts) => engine.lookAtLimits(facts),
  }
  const flush = (issuer?: string): void => tokens?.flush(issuer)
  const asOperator = (name: string) => operatorDeskOf(deps, name, { ...limits, flush })
  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    await usage.stop()
    await engine.quotas.giveBack()
    engine.close()
    await deps.store.close()
  }
  const product = asOperator('product')
  return {
    ...product,
    pickups: { ...product.pickups, redeem: (request) => redeemPickup(deps, request) },
    definition: deps.definition,
    verify: (request) => engine.verify(request),
    verifySession: (request) => engine.verifySession(request),
    permits: (principal, ask) => engine.permits(principal, ask),
    as: (principal) => deskOf(deps, actorAs(principal), limits),
    asPerson: (personId) => deskOf(deps, { type: 'person', personId }, limits),
    asOperator,
    login: loginOf(deps),
    counts: () => ({
      decisions: engine.counts.decisions(),
      cachedKeys: engine.cachedKeys,
      cacheHits: engine.counts.cacheHits,
      cacheMisses: engine.counts.cacheMisses,
    }),
    check: () => deps.store.check(),
    close: () => (closing ??= close()),
  }
}

interface Running {
  readonly engine: VerifierEngine
  readonly usage: UsageWriter
  readonly tokens: JwtVerifier | undefined
}

/** Verification of JWTs, where the definition names issuers. Nothing is fetched before the first token comes. */
function tokensOf(
  { definition, clock }: KeyDeps,
  { onKeysFailed }: OpenOptions,
): JwtVerifier | undefined {
  const { issuers } = definition
  if (issuers.size === 0) return undefined
  return new JwtVerifier({ issuers, clock, get: guardedGet(), onKeysFailed })
}

function peopleOf(deps: KeyDeps): PeopleSource {
  const { reads } = deps.store
  return {
    readIdentity: (identity) => reads.readIdentity(identity),
    readPerson: (id) => reads.readPerson(id),
    admit: (token) => admitToken(deps, token),
  }
}

/** Look-ups of the embedded verifier: the pepper is applied here, so that digests in memory are useless in the database and the reverse. */
function sourceOf({ store, pepper }: KeyDeps): Source {
  return { find: (digest) => store.reads.findBySecret(pepperDigest(digest, pepper)) }
}

function watchFatal(store: Store, onFatal: (error: StoreUnavailable) => void): Store {
  return {
    ...store,
    async transact(work) {
      try {
        return await store.transact(work)
      } catch (error) {
        if (error instanceof StoreUnavailable && error.isFatal) onFatal(error)
        throw error
      }
    },
  }
}
