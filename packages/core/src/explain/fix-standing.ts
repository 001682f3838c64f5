import { refuseStanding } from '../decide/decide.ts'
import type { KeyFacts } from '../decide/facts.ts'
import { isOver } from '../decide/standing.ts'
import type { KeySnapshot } from '../key/key.ts'
import type { ExplainedTerm } from './explanation.ts'
import { failed } from './explanation.ts'

/** What has to be known of a key to explain it. */
export interface Explained {
  readonly facts: KeyFacts
  readonly snapshot: KeySnapshot
  readonly now: number
}

/** Whether a key counts at all, and what would make one count. */
export function explainStanding(explained: Explained): ExplainedTerm {
  const refusal = refuseStanding(explained.facts, explained.now)
  if (refusal === undefined) return { term: 'standing', verdict: 'holds' }
  return failed('standing', refusal, fixStanding(refusal.code, explained))
}

function fixStanding(code: string, { snapshot, now }: Explained): string {
  const { line, blockedBy, reach, resource, revokedAt, expiresAt } = snapshot
  switch (code) {
    case 'key_revoked':
      return revokedAt === null
        ? mintAbove(line.find((above) => above.revokedAt !== null)?.id)
        : 'Mint a new key: this one stays revoked.'
    case 'key_expired':
      return isOver(expiresAt, now)
        ? 'Mint a new key: this one stays expired.'
        : mintAbove(line.find((above) => isOver(above.expiresAt, now))?.id)
    case 'key_rotated':
      return 'Use the secret that the rotation gave out, or rotate again for a new one.'
    case 'resource_disabled':
      return `Enable ${blockedBy?.resource}: the key counts again at once.`
    case 'resource_ended':
      return `Mint a key at another resource: ${blockedBy?.resource} has ended for good.`
    default:
      return `Give ${reach?.holder} a role at ${resource}, above it or below it.`
  }
}

function mintAbove(ancestor: string | undefined): string {
  return `Mint a new key with one that stands: ${ancestor} above this one has ended, and all below with it.`
}
