// A local OpenID provider for trying the example without an account anywhere: discovery, keys and client credentials,
// by the npm package oidc-provider.

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { Adapter } from 'oidc-provider'
import { Provider } from 'oidc-provider'
import type { IssuerState } from './state.ts'
import { AUDIENCE, MACHINE, TOKEN_SECONDS } from './tokens.ts'

export interface LocalIssuer {
  close(): Promise<void>
}

/** Starts the provider at its address. @throws Error when another program has its port */
export async function startIssuer(state: IssuerState): Promise<LocalIssuer> {
  const answer = providerOf(state).callback()
  const server = createServer((request, response) => void answer(request, response))
  try {
    server.listen(state.port, '127.0.0.1')
    await once(server, 'listening')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    const detail = `The local issuer is ${state.issuer}, and another program has that port.`
    throw new Error(`${detail} End that program; the issuer cannot move, its tokens name it.`, {
      cause: error,
    })
  }
  return {
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

function providerOf({ issuer, key, clientSecret }: IssuerState): Provider {
  return new Provider(issuer, {
    adapter: KeepsNothing,
    clients: [
      {
        client_id: MACHINE,
        client_secret: clientSecret,
        grant_types: ['client_credentials'],
        redirect_uris: [],
        response_types: [],
      },
    ],
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(24).toString('base64url')] },
    ttl: { ClientCredentials: TOKEN_SECONDS },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'api',
          audience: AUDIENCE,
          accessTokenTTL: TOKEN_SECONDS,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  })
}

// Its access tokens are JWTs and its one client is configured: there is nothing to keep.
class KeepsNothing implements Adapter {
  async upsert(): Promise<void> {}
  async find(): Promise<undefined> {
    return undefined
  }
  async findByUserCode(): Promise<undefined> {
    return undefined
  }
  async findByUid(): Promise<undefined> {
    return undefined
  }
  async consume(): Promise<void> {}
  async destroy(): Promise<void> {}
  async revokeByGrantId(): Promise<void> {}
}
