// Where a caller stands. The guard has said that they may do such a thing at all; whether they may do it to this
// experiment is known once it is found.

import type { CodedRefusal, Principal, ScopeOf } from 'keywright'
import type { Refusal } from 'keywright/fastify'
import type { MethodicAuthority } from './api.ts'
import type { defineMethodic } from './authority.ts'

export type Scope = ScopeOf<ReturnType<typeof defineMethodic>>

/** The organizations and the space that a caller has a part in, by role or by where their key is bound. */
export function placesOf({ resource, reach }: Principal): readonly string[] {
  const reached =
    reach === undefined || resource !== reach.holder
      ? [resource]
      : reach.at.map((role) => role.resource)
  return [...new Set(reached.map(placeOf))]
}

/** The organization or the space that something lives in. */
function placeOf(resource: string): string {
  return resource.split('/').slice(0, 2).join('/')
}

/**
 * Why a caller may not do this to something that was found; undefined when they may. What lives where they have no part
 * is answered like something that is not there.
 */
export function refusalAt(
  authority: MethodicAuthority,
  principal: Principal,
  ask: { readonly scope: Scope; readonly resource: string },
): Refusal | undefined {
  const refusal = authority.permits(principal, ask)
  if (refusal?.code !== 'outside_resource') return refusal
  return placesOf(principal).includes(placeOf(ask.resource)) ? refusal : NOT_FOUND
}

export const NOT_FOUND: CodedRefusal = { code: 'not_found', detail: 'There is no such thing.' }

/**
 * Where something new will live: in the organization that is named, or in the space of the caller's person.
 * @returns its resource, or why not
 */
export function newPlace(
  authority: MethodicAuthority,
  principal: Principal,
  wish: { readonly scope: Scope; readonly organizationId: string | undefined },
): { readonly place: string } | Refusal {
  const { scope, organizationId } = wish
  const place =
    organizationId === undefined ? principal.reach?.holder : `organizations/${organizationId}`
  if (place === undefined) return NO_SPACE
  const refusal = authority.permits(principal, { scope, resource: place })
  if (refusal?.code !== 'outside_resource') return refusal ?? { place }
  return organizationId === undefined || placesOf(principal).includes(place)
    ? refusal
    : NO_ORGANIZATION
}

const NO_SPACE: CodedRefusal = {
  code: 'outside_resource',
  detail: 'This key acts for no person, so there is no personal space. Name an organization_id.',
}

const NO_ORGANIZATION: CodedRefusal = {
  code: 'organization_not_found',
  detail: 'You are in no organization of this id. GET /v1/me/scopes lists yours.',
}

/**
 * Whether a JWT that was verified is a machine's, by client credentials: its subject is the client itself (RFC 9068
 * section 2.2), which Auth0 writes as `gty: client-credentials`.
 * @param authorization the header that the guard has read the token from
 */
export function isMachine(authorization: string | undefined): boolean {
  const [, payload = ''] = authorization?.split('.') ?? []
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  return claims['gty'] === 'client-credentials' || claims['client_id'] === claims['sub']
}
