// A laboratory where people have roles in organizations and projects, and hold keys.

import type { Outcome } from '@keywright/core'
import type { OpenOptions, Person } from 'keywright'
import { defineAuthority } from 'keywright'
import type { Shown } from '../world/open-world.ts'
import { openWorld, shown } from '../world/open-world.ts'

export const lab = defineAuthority({
  product: { name: 'Lab', slug: 'lab' },
  resources: { organizations: { projects: { runs: {} } } },
  scopes: ['runs:read', 'runs:write', 'nodes:write'],
  roles: {
    owner: ['*'],
    maintainer: ['runs:*', 'members:*', 'keys:*'],
    researcher: ['runs:*', 'nodes:write'],
    viewer: ['runs:read'],
  },
  keys: {
    personal: { prefix: 'lab_pk', bound: 'users', scopes: ['*'] },
    org: { prefix: 'lab_sk', bound: 'organizations', scopes: ['*'], mintedBy: ['users'] },
    worker: {
      prefix: 'lab_wk',
      bound: 'organizations/projects',
      scopes: ['runs:*', 'nodes:write'],
      mintedBy: ['personal', 'org', 'users'],
    },
  },
})

export const o1 = 'organizations/o1'
export const p1 = `${o1}/projects/p1`
export const p2 = `${o1}/projects/p2`

export type Role = 'owner' | 'maintainer' | 'researcher' | 'viewer'

/** What an answer that must be good holds. */
export async function good<Result>(
  answer: Promise<Outcome<Result>>,
): Promise<{ ok: true } & Result> {
  const outcome = await answer
  if (!outcome.ok) throw new Error(`refused as ${outcome.code}: ${outcome.detail}`)
  return outcome
}

/** A laboratory with shorthands for people and their keys. */
export async function openLab(options: Partial<OpenOptions> = {}) {
  const world = await openWorld(lab, options)
  return {
    world,
    get authority() {
      return world.authority
    },
    /** Adds a person, verified, with roles by resource. */
    async join(name: string, roles: Readonly<Record<string, Role>> = {}): Promise<Person> {
      const { people, members } = world.authority
      const email = `${name}@lab.example`
      const { person } = await good(people.add({ name, email, isEmailVerified: true }))
      for (const [resource, role] of Object.entries(roles)) {
        await good(members.grant({ personId: person.id, resource, role }))
      }
      return person
    },
    /** A personal key, bound to a resource or else wherever its person reaches. */
    keyOf({ id }: Person, change: object = {}): Promise<Shown> {
      // Ids sort by their millisecond.
      world.clock.advance(1)
      const space = `users/${id}`
      const request = { resource: space, holder: space, ...change }
      return shown(world.authority.keys.mint('personal', request))
    },
  }
}
