// An organization can do without device logins: its people then approve none, wherever else they have a role.

import type { Actor } from '../key/actor.ts'
import { checkActor } from '../key/actor.ts'
import type { KeyDeps } from '../key/deps.ts'
import type { Outcome } from '../key/outcome.ts'
import { checkGiving } from '../membership/rights.ts'
import type { Reads } from '../ports/store.ts'
import { withAncestors } from '../resource/covers.ts'
import { organizationNotFound } from './find.ts'
import { organizationIdOf, organizationResource } from './organization.ts'

export interface DeviceLoginSetting {
  /** The organization's id, `org_…`. */
  readonly id: string
  readonly isAllowed: boolean
}

/** Switches device logins on or off for the people of an organization; it takes `members:write` there. */
export async function setDeviceLogin(
  deps: KeyDeps,
  actor: Actor,
  { id, isAllowed }: DeviceLoginSetting,
): Promise<Outcome<DeviceLoginSetting>> {
  const { definition } = deps
  const resource = organizationResource(id)
  return deps.store.transact(async (writes) => {
    const now = deps.clock.now()
    const checked = await checkActor({ definition, reads: writes, now }, actor, 'members:write')
    if (!checked.ok) return checked
    const lacking = checkGiving(definition, checked.actor, { resource, roles: [] })
    if (lacking !== undefined && lacking.code !== 'outside_resource') return lacking
    const organization = lacking ? undefined : await writes.getOrganization(id)
    if (organization === undefined) return organizationNotFound()
    if (await writes.setDeviceLogin(id, isAllowed)) {
      await writes.append({
        type: isAllowed ? 'device_login.allowed' : 'device_login.forbidden',
        at: now,
        actor: checked.actor.text,
        keyId: null,
        resource,
        mode: null,
        data: {},
      })
    }
    return { ok: true, id, isAllowed }
  })
}

/** The resource name of an organization of a person that does without; undefined when there is none. */
export async function forbiddingOrganization(
  reads: Reads,
  personId: string,
): Promise<string | undefined> {
  for (const { resource } of await reads.listMemberships(personId)) {
    const top = withAncestors(resource).at(-1) ?? resource
    const id = organizationIdOf(top)
    if (id !== undefined && (await reads.isDeviceLoginForbidden(id))) return top
  }
  return undefined
}
