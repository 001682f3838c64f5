// A product whose people come with tokens of outside issuers, and an issuer on loopback that signs whatever a test wants.

import type { Issuer } from '@keywright/core'
import type { KeyHost, Signer } from '@keywright/verifier/testing'
import { createSigner, startKeyHost } from '@keywright/verifier/testing'
import type { OpenOptions, Person } from 'keywright'
import { defineAuthority, perMinute, perMonth } from 'keywright'
import { onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { openWorld } from '../world/open-world.ts'
import { good } from '../people/lab.ts'

export const AUDIENCE = 'https://api.site.test'

/** Signing keys are slow to make, and nothing of them changes. */
const signers = new Map<string, Promise<Signer>>()

/** The key of an issuer; the same one in each test of a file. */
export function signerOf(keyId: string): Promise<Signer> {
  const known = signers.get(keyId) ?? createSigner(keyId)
  signers.set(keyId, known)
  return known
}

function define(issuer: string, change: Partial<Pick<Issuer, 'people' | 'claims'>>) {
  const { people = 'known', claims } = change
  return defineAuthority({
    product: { name: 'Site', slug: 'site' },
    resources: { organizations: { projects: {} } },
    scopes: ['runs:read', 'runs:write'],
    modes: ['live', 'test'],
    roles: { owner: ['*'], member: ['runs:*', 'keys:*'], viewer: ['runs:read'] },
    keys: {
      personal: { prefix: 'si_pk', bound: 'users', scopes: ['*'] },
      org: { prefix: 'si_sk', bound: 'organizations', scopes: ['*'], mintedBy: ['users'] },
      worker: { prefix: 'si_wk', bound: 'organizations/projects', scopes: ['runs:*'] },
    },
    limits: {
      rate: [perMinute(5).in('test'), perMinute(2).on('worker')],
      quota: perMonth(3).in('test'),
    },
    issuers: [
      {
        issuer,
        audience: AUDIENCE,
        algorithms: ['RS256'],
        people,
        ...(claims === undefined ? {} : { claims }),
      },
    ],
  })
}

export type SiteOptions = Partial<Pick<Issuer, 'people' | 'claims'>> & {
  readonly open?: Partial<OpenOptions>
}

/** Opens the product with its issuer, for as long as the test lasts. */
export async function openIssuer({ open, ...change }: SiteOptions = {}) {
  const host: KeyHost = await startKeyHost()
  onTestFinished(() => host.close())
  const signer = await signerOf('key-1')
  host.publish(signer.publicJwk)
  const world = await openWorld(define(host.issuer, change), open)
  const { issuer } = host
  return {
    world,
    host,
    signer,
    issuer,
    get authority() {
      return world.authority
    },
    /** A token of a subject, issued now; claims as given win. */
    async token(subject: string, claims: Readonly<Record<string, unknown>> = {}): Promise<string> {
      const now = Math.floor(world.clock.now() / 1000)
      const says = { iss: issuer, sub: subject, aud: AUDIENCE, iat: now, exp: now + 600, ...claims }
      const token = await signer.sign(says)
      rememberSecret(token)
      return token
    },
    /** A known person with roles by resource. */
    async join(subject: string, roles: Readonly<Record<string, Role>> = {}): Promise<Person> {
      const { people, members } = world.authority
      const { person } = await good(people.join({ issuer, subject, name: subject }))
      for (const [resource, role] of Object.entries(roles)) {
        await good(members.grant({ personId: person.id, resource, role }))
      }
      return person
    },
  }
}

type Role = 'owner' | 'member' | 'viewer'
