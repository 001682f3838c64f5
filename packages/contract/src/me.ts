// What a client asks once: who it is, and where it may act.

import { z } from 'zod'
import { instantSchema } from './field.ts'

const ownOrganizationSchema = z.strictObject({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  role: z.string().nullable().meta({ description: 'Null where only a key is bound within it' }),
})

const ownKeySchema = z.strictObject({
  id: z.string(),
  kind: z.string(),
  resource: z.string(),
  mode: z.string().nullable(),
  scopes: z.array(z.string()),
  expires_at: instantSchema.nullable(),
})

/** The answer of `GET /v1/me/scopes`. */
export const ownScopesSchema = z
  .strictObject({
    person: z
      .strictObject({ id: z.string(), name: z.string(), email: z.string().nullable() })
      .nullable()
      .meta({ description: 'Null for keys that are bound to a resource' }),
    personal: z.string().nullable().meta({ description: 'The own space of the person' }),
    organizations: z.array(ownOrganizationSchema),
    memberships: z
      .array(z.strictObject({ resource: z.string(), role: z.string() }))
      .meta({ description: 'Roles elsewhere than at organizations' }),
    scopes: z.array(z.string()),
    key: ownKeySchema.nullable(),
  })
  .meta({ id: 'OwnScopes' })
