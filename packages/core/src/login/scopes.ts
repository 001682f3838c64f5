// The `scope` parameter (RFC 6749 section 3.3) in terms of grants: declared scopes and wildcards, separated by spaces.

import type { Definition, Kind } from '../definition/definition.ts'
import type { Acting } from '../key/actor.ts'
import { isWithinParent } from '../key/check-request.ts'
import { expandGrants, isGrant, isGrantedBy } from '../scope/grants.ts'
import type { Login } from './login.ts'
import type { OAuthOutcome } from './refusal.ts'
import { oauthRefused } from './refusal.ts'

const LENGTH_MAX = 4096

/** What a program asks for; null when it leaves that to us. */
export function readScopes(
  definition: Definition,
  { kind: kindName }: Login,
  text: string | undefined,
): OAuthOutcome<{ readonly scopes: readonly string[] | null }> {
  if (text === undefined) return { ok: true, scopes: null }
  const { grants } = kindOf(definition, kindName)
  const wanted = text.length > LENGTH_MAX ? [] : [...new Set(text.split(' '))]
  const areGrants = wanted.length > 0 && wanted.every((grant) => isGrant(grant, definition.scopes))
  if (!areGrants || !isGrantedBy(wanted, grants, definition.scopes)) {
    const description =
      'scope holds what a login cannot give. The metadata lists the scopes there are.'
    return oauthRefused('invalid_scope', description)
  }
  return { ok: true, scopes: wanted }
}

/** The kind of key that a login hands out; a checked definition has it. */
export function kindOf({ kinds }: Definition, name: string): Kind {
  return kinds.get(name) as Kind
}

/** The declared scopes that a login of this definition can give, or that these grants give. */
export function scopesOfLogin(
  definition: Definition,
  { kind }: Login,
  grants: readonly string[] | null,
): readonly string[] {
  return [...expandGrants(grants ?? kindOf(definition, kind).grants, definition.scopes)]
}

const ADMINISTRATIVE = ['keys:write', 'members:write']
const ADMINISTRATIVE_NOUNS = ['vault', 'providers']

/**
 * Whether a scope makes keys, gives roles or reaches other people's secrets. A device login never gives one: its page
 * can be shown to somebody by somebody else, and what is lost then must not outlive the revocation (RFC 10027).
 */
export function isAdministrative(scope: string): boolean {
  const [noun = ''] = scope.split(':')
  return ADMINISTRATIVE.includes(scope) || ADMINISTRATIVE_NOUNS.includes(noun)
}

/**
 * What was asked for, cut to what the approver has somewhere. Undefined when nothing is left of it. A person's key is
 * cut to their roles at each use anyway; this keeps a key from saying more than its approver could.
 */
export function cutToApprover(
  definition: Definition,
  grants: readonly string[] | null,
  approver: Acting,
): readonly string[] | null | undefined {
  if (grants === null || isWithinParent(grants, approver, definition.scopes)) return grants
  const cut = [...expandGrants(grants, definition.scopes)].filter((scope) =>
    approver.scopes.includes(scope),
  )
  return cut.length > 0 ? cut : undefined
}
