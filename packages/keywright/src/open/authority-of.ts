import type { Authority, KindOf, ModeOf, ScopeOf } from '@keywright/core'

/** The authority of a definition: `AuthorityOf<typeof definition>` is what `openAuthority(definition, …)` resolves to. */
export type AuthorityOf<Defined> = Authority<ScopeOf<Defined>, KindOf<Defined>, ModeOf<Defined>>
