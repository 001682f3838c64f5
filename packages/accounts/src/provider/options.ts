import { isLoopbackHost, whyNoIssuerUrl } from '@keywright/core'

/** An OpenID provider that people may sign in with. */
export interface ProviderOptions {
  /** In our URLs: small letters, digits and hyphens. Register `<base URL>/sign-in/callback/<id>` as redirect URI. */
  readonly id: string
  /** On the button. */
  readonly name: string
  /** Its exact `iss`; the rest is found by discovery. Must not change: it is part of who somebody is. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Default: `openid email profile`. */
  readonly scopes?: readonly string[]
}

/** @throws TypeError for options that cannot be right */
export function checkProviders(providers: readonly ProviderOptions[]): void {
  for (const { id, issuer } of providers) {
    if (!/^[a-z][a-z0-9-]{0,31}$/.test(id)) {
      throw new TypeError(`A provider's id is small letters, digits and hyphens, not '${id}'.`)
    }
    const why = whyNoIssuerUrl(issuer)
    if (why !== undefined) throw new TypeError(`The issuer of the provider ${id}: ${why}`)
  }
  if (new Set(providers.map(({ id }) => id)).size < providers.length) {
    throw new TypeError('Two providers have the same id.')
  }
}

/** True for a provider on this machine itself, as in development: it may be reached without TLS. */
export function isLocal({ issuer }: ProviderOptions): boolean {
  return isLoopbackHost(new URL(issuer).hostname)
}
