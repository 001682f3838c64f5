import { deviceAuthorizationBodySchema, deviceAuthorizationSchema } from '@keywright/contract'
import { json } from '../../answer/documented.ts'
import type { Site } from '../../pages/site.ts'
import type { RoutesApp } from '../app.ts'
import { OAUTH_REFUSALS, sendOAuthRefused, sendWait } from './answer.ts'
import type { Parameters } from './parameters.ts'

/** POST /oauth/device_authorization: a machine without a browser asks to be let in (RFC 8628 section 3.1). */
export function deviceAuthorizationRoute(app: RoutesApp, site: Site): void {
  const { door, origin } = site
  const { devices } = door.loginAttempts
  app.route({
    method: 'POST',
    url: '/oauth/device_authorization',
    schema: {
      operationId: 'startDeviceLogin',
      summary: 'Ask for a device login (RFC 8628)',
      consumes: ['application/x-www-form-urlencoded'],
      body: deviceAuthorizationBodySchema,
      response: { 200: json('The codes.', deviceAuthorizationSchema), ...OAUTH_REFUSALS },
    },
    handler: async (request, reply) => {
      const network = door.proxies.addressOf(request.raw)
      const waitSeconds = devices.waitSeconds(network)
      if (waitSeconds > 0) return sendWait(reply, waitSeconds)
      devices.count(network)
      const parameters = request.body as unknown as Parameters
      const { client_id: clientId, scope, resource, device_name: deviceName } = parameters
      const asked = { clientId, scope, resource, deviceName, network }
      const outcome = await door.authority.login.device.start(asked)
      if (!outcome.ok) return sendOAuthRefused(door, reply, outcome)
      const { deviceCode, userCode, expiresInSeconds, intervalSeconds } = outcome
      const address = origin + site.path('/device')
      return reply.code(200).send({
        device_code: deviceCode,
        user_code: userCode,
        verification_uri: address,
        verification_uri_complete: `${address}?user_code=${userCode}`,
        expires_in: expiresInSeconds,
        interval: intervalSeconds,
      })
    },
  })
}
