import type { Candidate, ResolvedSetting, Source } from '../resolve/resolution.ts'
import { describeSource } from '../resolve/describe.ts'
import { maskFor } from '../credential/kind.ts'
import { readText } from '../setting/read.ts'
import type { Setting } from '../setting/setting.ts'
import type { Lying } from './belonging.ts'
import { sealedIn } from './envelope.ts'
import { openSealed } from './open-sealed.ts'
import { STORE_MODES } from './store.ts'
import type { CredentialStore, Opening, StoreMode } from './store.ts'

/** Asking a keychain is known to hang. */
const LIMIT_SECONDS = 2

export interface SealedStoreInput {
  /** What a login does when nobody says otherwise. Default: `auto`. */
  readonly mode?: StoreMode
  /** How long a keychain may take before it is stopped, for one that asks its owner each time. Default: 2. */
  readonly limitSeconds?: number
}

/**
 * Where a login puts the credential, for a brand whose people have keychains. A sealed one lies in the files that the
 * brand has, in place of the plain one.
 */
export function sealedStore({
  mode = 'auto',
  limitSeconds = LIMIT_SECONDS,
}: SealedStoreInput = {}): CredentialStore {
  const check: CredentialStore['check'] = (findings) => {
    findings.known([mode], STORE_MODES, () => 'store.mode')
    const isTime = Number.isFinite(limitSeconds) && limitSeconds > 0
    findings.must(isTime, 'store.limitSeconds', ['is no time', 'give more than 0'])
  }
  return { mode, limitMs: 1000 * limitSeconds, check, unseal }
}

const unseal: CredentialStore['unseal'] = (settings, { isKept, ...opening }) =>
  settings.map((resolved): ResolvedSetting => {
    const { setting, winner, shadowed } = resolved
    if (setting !== opening.brand.credential) return resolved
    const servers = settings.find((each) => each.setting === opening.brand.server)
    const namedBeside = (found: Candidate): string | undefined =>
      [servers?.winner, ...(servers?.shadowed ?? [])].flatMap((server) =>
        server !== undefined && isBeside(server.source, found.source) ? String(server.value) : [],
      )[0]
    const read = (found: Candidate): Candidate =>
      isKept ? closed(found) : opened(found, setting, { ...opening, server: namedBeside(found) })
    return { setting, winner: winner && read(winner), shadowed: shadowed.map(closed) }
  })

/** Whether two values stand in the same file, and in the same profile of it. */
function isBeside(one: Source, other: Source): boolean {
  if (one.layer !== 'files' || other.layer !== 'files') return false
  return one.path === other.path && one.section === other.section
}

/** As it may be shown, unopened. */
function closed(candidate: Candidate): Candidate {
  const { source, value } = candidate
  const sealed = source.layer === 'files' && typeof value === 'string' ? sealedIn(value) : undefined
  return sealed === undefined ? candidate : { ...candidate, shown: '(sealed)', sealed }
}

function opened(
  candidate: Candidate,
  setting: Setting,
  opening: Opening & Pick<Lying, 'server'>,
): Candidate {
  const found = closed(candidate)
  const { source, value } = found
  if (found.sealed === undefined || source.layer !== 'files') return candidate
  const { section } = source
  const result = openSealed(String(value), { section, ...opening })
  if (!result.ok) {
    const { code, why, fix } = result.trouble
    const place = `${setting.name} in ${describeSource(source)}`
    return {
      ...found,
      value: undefined,
      problem: why,
      trouble: { code, problem: `${place} is sealed, and ${why}`, fix, place },
    }
  }
  const read = readText(setting, result.secret)
  return {
    ...found,
    value: read.ok ? read.value : undefined,
    shown: maskFor(opening.brand, result.secret),
    problem: read.ok ? undefined : read.problem,
  }
}
