import type { Inside } from '../inside.ts'

/** Takes what was kept under an identifier, once, whoever else asks for it meanwhile. Undefined: none, or over. */
export async function takeOnce(inside: Inside, identifier: string): Promise<string | undefined> {
  const found = await inside.rows.consumeVerificationValue(identifier)
  if (found === null || inside.deps.clock.now() >= found.expiresAt.getTime()) return undefined
  return found.value
}
