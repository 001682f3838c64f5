/**
 * The scopes Keywright itself asks for; every definition has them and may not declare its own under their nouns.
 * Of `keys`: read: show and list; write: mint, narrow, rotate, revoke; verify: decide about other credentials;
 * audit: read events; usage: read usage and quotas. Of `members`: read: see who has which role and who is invited;
 * write: grant, change and remove roles, invite.
 */
export const BUILTIN_SCOPES = [
  'keys:read',
  'keys:write',
  'keys:verify',
  'keys:audit',
  'keys:usage',
  'members:read',
  'members:write',
] as const

export type BuiltinScope = (typeof BUILTIN_SCOPES)[number]

/** The nouns that belong to Keywright. */
export const BUILTIN_NOUNS = ['keys', 'members'] as const
