// A requested resource may say `-` for "the caller's own": an API with flat URLs (`/v1/agents/{id}`) asks for
// `organizations/-/agents/agt_7` and the organisation comes from the key, never from the request.

/**
 * Fills the `-` ids of a requested resource from the resource of the caller's key.
 * @returns the full name, or undefined when the key is bound too high or elsewhere to say what is its own
 */
export function resolveOwn(requested: string, own: string): string | undefined {
  if (!requested.includes('-')) return requested
  const wanted = requested.split('/')
  if (!wanted.includes('-')) return requested
  const owned = own.split('/')
  for (let index = 1; index < wanted.length; index += 2) {
    if (wanted[index] !== '-') continue
    if (wanted[index - 1] !== owned[index - 1]) return undefined
    const id = owned[index]
    if (id === undefined) return undefined
    wanted[index] = id
  }
  return wanted.join('/')
}
