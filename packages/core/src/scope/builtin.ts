/**
 * The scopes Keywright itself asks for; every definition has them and may not declare its own under the noun `keys`.
 * read: show and list; write: mint, narrow, rotate, revoke; verify: decide about other credentials;
 * audit: read events; usage: read usage and quotas.
 */
export const BUILTIN_SCOPES = [
  'keys:read',
  'keys:write',
  'keys:verify',
  'keys:audit',
  'keys:usage',
] as const

export type BuiltinScope = (typeof BUILTIN_SCOPES)[number]

/** The noun that belongs to Keywright. */
export const BUILTIN_NOUN = 'keys'
