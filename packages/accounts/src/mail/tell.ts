import { isPlaceholder } from '../email/address.ts'
import type { Inside } from '../inside.ts'
import { signInChanged } from './letters.ts'

/**
 * Tells the owner of an account by mail that the way to sign in to it was changed (ASVS 6.3.7): a session that was taken
 * over could do so for a few minutes. An account of a provider has no address that was proved here.
 */
export function tellChange(
  inside: Inside,
  { email }: { readonly email: string },
  change: Parameters<typeof signInChanged>[2],
): void {
  if (!isPlaceholder(email)) inside.post(signInChanged(inside.deps, email, change))
}
