// GET /.well-known/oauth-authorization-server (RFC 8414): where the endpoints are and what they take.

import { authorizationServerSchema, noQuerySchema } from '@keywright/contract'
import type { Login } from '@keywright/core'
import { scopesOfLogin } from '@keywright/core'
import type { z } from 'zod'
import { json, problems } from '../../answer/documented.ts'
import type { Site } from '../../pages/site.ts'
import type { RoutesApp } from '../app.ts'
import { DEVICE_GRANT } from './token.ts'

export function metadataRoute(app: RoutesApp, site: Site, login: Login): void {
  const metadata = metadataOf(site, login)
  app.route({
    method: 'GET',
    url: '/.well-known/oauth-authorization-server',
    schema: {
      operationId: 'authorizationServer',
      summary: 'Where programs log in (RFC 8414)',
      querystring: noQuerySchema,
      response: {
        200: json('The metadata.', authorizationServerSchema),
        ...problems(422, 500),
      },
    },
    handler: async (_request, reply) => reply.code(200).send(metadata),
  })
}

/** Who answers: what `iss` says, and what metadata is found by (RFC 9207 section 2). */
export function issuerOf({ origin }: Site): string {
  return origin
}

function metadataOf(site: Site, login: Login): z.output<typeof authorizationServerSchema> {
  const { definition } = site.door.authority
  const at = (path: `/${string}`): string => site.origin + site.path(path)
  return {
    issuer: issuerOf(site),
    authorization_endpoint: at('/oauth/authorize'),
    token_endpoint: at('/oauth/token'),
    ...(login.hasDevice
      ? { device_authorization_endpoint: at('/oauth/device_authorization') }
      : {}),
    revocation_endpoint: at('/oauth/revoke'),
    introspection_endpoint: at('/oauth/introspect'),
    scopes_supported: [...scopesOfLogin(definition, login, null)],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', ...(login.hasDevice ? [DEVICE_GRANT] : [])],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none'],
    revocation_endpoint_auth_methods_supported: ['none'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic'],
    authorization_response_iss_parameter_supported: true,
  }
}
