// What somebody who asks about a credential may learn. A key is there for them where they may verify: everything else is
// answered like an unknown key. A person's credential acts wherever the person reaches, which is seldom all within the
// asker's place: it is asked about one resource where both have a part, and what it may do elsewhere is not told.

import type { Ask, KeyFacts, Placed } from '@keywright/core'
import { lookThere, parseResource, scopesAt } from '@keywright/core'

/** What is asked in truth, and the place that the answer is limited to. */
export interface Asking {
  readonly ask: Ask
  readonly place: string | undefined
}

/** @returns undefined when the credential is not there for the asker */
export function askingOf(asker: Placed, facts: KeyFacts, ask: Ask): Asking | undefined {
  if (mayVerify(asker, facts.resource)) return { ask, place: undefined }
  const { reach } = facts.shared
  if (reach === undefined || facts.resource !== reach.holder) return undefined
  const place = ask.resource ?? asker.resource
  if (parseResource(place) === undefined || !mayVerify(asker, place)) return undefined
  const isThere = lookThere({ resource: facts.resource, reach }, { resource: place }) !== 'outside'
  return isThere ? { ask: { ...ask, resource: place }, place } : undefined
}

function mayVerify(asker: Placed, resource: string): boolean {
  return scopesAt(asker, resource).includes('keys:verify')
}
