// Scopes are `noun:verb` out of the definition's closed list; `noun:*` and `*` are wildcards. Because the list is
// closed, a wildcard is the set of declared scopes it matches, and every question becomes set membership.

/** True when `grant` is a declared scope or a wildcard that matches at least one. */
export function isGrant(grant: string, declared: readonly string[]): boolean {
  return declared.some((scope) => grantMatches(grant, scope))
}

/** The declared scopes that a list of grants gives. */
export function expandGrants(
  grants: readonly string[],
  declared: readonly string[],
): ReadonlySet<string> {
  return new Set(declared.filter((scope) => grants.some((grant) => grantMatches(grant, scope))))
}

/** True when each scope that `inner` gives is given by `outer` too, wildcards included. */
export function isGrantedBy(
  inner: readonly string[],
  outer: readonly string[],
  declared: readonly string[],
): boolean {
  const given = expandGrants(outer, declared)
  for (const scope of expandGrants(inner, declared)) {
    if (!given.has(scope)) return false
  }
  // A wildcard also speaks for scopes declared later, so only the same or a wider wildcard may give one.
  return inner.every((grant) => !grant.endsWith('*') || outer.some((o) => wildcardCovers(o, grant)))
}

function grantMatches(grant: string, scope: string): boolean {
  if (grant === scope || grant === '*') return true
  return grant.endsWith(':*') && scope.startsWith(grant.slice(0, -1))
}

function wildcardCovers(outer: string, inner: string): boolean {
  return outer === '*' || outer === inner
}
