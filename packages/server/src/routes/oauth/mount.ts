// The endpoints that programs log in at. They take forms, and everything they refuse, from a body that is too large to
// a code that is over, has the form of RFC 6749.

import { oauthRefused } from '@keywright/core'
import type { Login } from '@keywright/core'
import type { Site } from '../../pages/site.ts'
import { BODY_BYTES_MAX } from '../../request/body.ts'
import { parseForm } from '../../request/form.ts'
import type { RoutesApp } from '../app.ts'
import { sendOAuthFailure, sendOAuthRefused, sendWait } from './answer.ts'
import { deviceAuthorizationRoute } from './device-authorization.ts'
import { metadataRoute } from './metadata.ts'
import { readParameters } from './parameters.ts'
import { revokeTokenRoute } from './revoke.ts'
import { tokenRoute } from './token.ts'

/** @param app a scope of its own */
export function oauthRoutes(app: RoutesApp, site: Site, login: Login): void {
  const { door } = site
  metadataRoute(app, site, login)
  void app.register(async (scope) => {
    const forms = scope as unknown as RoutesApp
    forms.removeAllContentTypeParsers()
    const type = 'application/x-www-form-urlencoded'
    forms.addContentTypeParser(type, { parseAs: 'buffer', bodyLimit: BODY_BYTES_MAX }, parseForm)
    forms.setErrorHandler(async (error, request, reply) => {
      sendOAuthFailure(door, error, { request, reply })
      return reply
    })
    // The schemas are here for the document: the domain refuses in the words of the standard.
    forms.setValidatorCompiler(() => (value) => ({ value }))
    forms.addHook('onRequest', async (request, reply) => {
      const { questions } = door.loginAttempts
      const network = door.proxies.addressOf(request.raw)
      const waitSeconds = questions.waitSeconds(network)
      if (waitSeconds === 0) {
        questions.count(network)
        return undefined
      }
      sendWait(reply, waitSeconds)
      return reply
    })
    forms.addHook('preHandler', async (request, reply) => {
      const read = readParameters(Object.entries(request.body ?? {}))
      if (!read.ok) {
        sendOAuthRefused(door, reply, read)
        return reply
      }
      const isAuthenticating =
        request.headers.authorization !== undefined ||
        read.parameters['client_secret'] !== undefined
      if (isAuthenticating) {
        const description = 'Clients here are public and have no secret. Send client_id alone.'
        sendOAuthRefused(door, reply, oauthRefused('invalid_client', description))
        return reply
      }
      request.body = read.parameters
      return undefined
    })
    tokenRoute(forms, door)
    revokeTokenRoute(forms, door)
    if (login.hasDevice) deviceAuthorizationRoute(forms, site)
  })
}
