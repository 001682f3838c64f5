import type { Authority, KindOf, ModeOf, RoleOf, ScopeOf } from '@keywright/core'

/** The authority of a definition: `AuthorityOf<typeof definition>` is what `openAuthority(definition, …)` resolves to. */
export type AuthorityOf<Defined> = Authority<
  ScopeOf<Defined>,
  KindOf<Defined>,
  ModeOf<Defined>,
  RoleOf<Defined>
>
