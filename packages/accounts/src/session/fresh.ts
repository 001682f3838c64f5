import type { AccountRefused, Visitor } from '@keywright/contract'
import { notSignedIn, reauthenticationNeeded } from '../answer/answer.ts'
import type { Inside } from '../inside.ts'
import { FRESH_MS } from '../life.ts'
import type { Current } from './current.ts'
import { currentOf } from './current.ts'

/** Who is signed in, if they proved it lately enough to change how they sign in. */
export async function freshOf(inside: Inside, visitor: Visitor): Promise<Current | AccountRefused> {
  const current = await currentOf(inside, visitor)
  if (current === undefined) return notSignedIn()
  return refuseStale(inside, current) ?? current
}

/** The refusal of a sign-in that is too long ago to change how somebody signs in (ASVS 7.5.1). */
export function refuseStale(inside: Inside, { session }: Current): AccountRefused | undefined {
  const age = inside.deps.clock.now() - session.authenticatedAt
  return age < FRESH_MS ? undefined : reauthenticationNeeded()
}
