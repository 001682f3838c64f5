// Better Auth as we use it: our tables on our writer, our cookies, our key. Its HTTP handler is never mounted; verbs
// call its endpoints with our own fields and headers. What sends mail, signs up, links or limits is off: those are ours.

import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { twoFactor } from 'better-auth/plugins/two-factor'
import type { AccountsDeps } from '../deps.ts'
import { FRESH_MS, CEREMONY_MS, inSeconds, SESSION_LIFE_MS } from '../life.ts'
import { PASSWORD_LENGTH_MAX } from '../password/check.ts'
import { newRecoveryCodes } from '../totp/code.ts'
import { COOKIE_PREFIX, NETWORK_HEADER } from './cookies.ts'
import { ownEndpoints } from './own-endpoints.ts'

const TIMES = { createdAt: 'created_at', updatedAt: 'updated_at' } as const
/** Of a password's UTF-16 units; its characters are counted by us. */
const UNITS_MAX = 2 * PASSWORD_LENGTH_MAX

export type Auth = ReturnType<typeof createAuth>

export function createAuth(deps: AccountsDeps) {
  const { baseUrl, database, product } = deps
  return betterAuth({
    appName: product,
    baseURL: baseUrl,
    // Given as a list, the environment is not asked for one.
    secrets: [{ version: 1, value: Buffer.from(deps.key).toString('base64url') }],
    database: { db: database, type: 'sqlite', transaction: true },
    telemetry: { enabled: false },
    logger: { disabled: true },
    rateLimit: { enabled: false },
    user: {
      modelName: 'account_users',
      fields: { ...TIMES, emailVerified: 'email_verified' },
      additionalFields: {
        personId: { type: 'string', required: false, input: false, fieldName: 'person_id' },
      },
    },
    session: {
      modelName: 'account_sessions',
      fields: {
        ...TIMES,
        userId: 'user_id',
        expiresAt: 'expires_at',
        ipAddress: 'network',
        userAgent: 'user_agent',
      },
      additionalFields: {
        lastUsedAt: { type: 'number', required: false, input: false, fieldName: 'last_used_at' },
      },
      expiresIn: inSeconds(SESSION_LIFE_MS),
      disableSessionRefresh: true,
      freshAge: inSeconds(FRESH_MS),
    },
    account: {
      modelName: 'account_credentials',
      fields: { ...TIMES, userId: 'user_id', providerId: 'provider', accountId: 'subject' },
      accountLinking: { enabled: false },
    },
    verification: {
      modelName: 'account_verifications',
      fields: { ...TIMES, expiresAt: 'expires_at' },
      storeIdentifier: 'hashed',
    },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 1,
      maxPasswordLength: UNITS_MAX,
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: false,
      defaultCookieAttributes: { secure: true, httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { disableIpTracking: true },
      database: { validateSchema: false },
    },
    databaseHooks: {
      session: {
        create: {
          // The network as our caller knows it: the library would believe a header of the request.
          before: async (session, context) => {
            const network = context?.headers?.get(NETWORK_HEADER) ?? ''
            return { data: { ...session, ipAddress: network } }
          },
        },
      },
    },
    plugins: [secondFactor(product), passkeys(baseUrl, product), ownEndpoints()],
  })
}

function secondFactor(product: string) {
  return twoFactor({
    issuer: product,
    twoFactorCookieMaxAge: inSeconds(CEREMONY_MS),
    backupCodeOptions: {
      storeBackupCodes: 'encrypted',
      customBackupCodesGenerate: newRecoveryCodes,
    },
    schema: {
      user: { fields: { twoFactorEnabled: 'totp_enabled' } },
      twoFactor: {
        modelName: 'account_totp',
        fields: {
          userId: 'user_id',
          backupCodes: 'recovery_codes',
          failedVerificationCount: 'failed_count',
          lockedUntil: 'locked_until',
        },
      },
    },
  })
}

// A passkey signs in alone, so it has to be two factors: the authenticator must have asked for a PIN or a finger.
function passkeys(baseUrl: string, product: string) {
  return passkey({
    rpID: new URL(baseUrl).hostname,
    rpName: product,
    origin: new URL(baseUrl).origin,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    advanced: { webAuthnChallengeCookie: 'passkey' },
    registration: {
      afterVerification: async ({ verification }) => {
        if (verification.registrationInfo?.userVerified !== true) throw unverifiedUser()
      },
    },
    authentication: {
      afterVerification: async ({ verification }) => {
        if (!verification.authenticationInfo.userVerified) throw unverifiedUser()
      },
    },
    schema: {
      passkey: {
        modelName: 'account_passkeys',
        fields: {
          publicKey: 'public_key',
          userId: 'user_id',
          credentialID: 'credential_id',
          deviceType: 'device_type',
          backedUp: 'backed_up',
          createdAt: 'created_at',
        },
      },
    },
  })
}

function unverifiedUser(): APIError {
  return new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' })
}
