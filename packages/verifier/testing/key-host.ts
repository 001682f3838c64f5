// A host of an issuer's documents on loopback, over which a test has full power: what it answers, and what was asked.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CryptoKey, JWK, JWTHeaderParameters, JWTPayload } from 'jose'
import { CompactSign, exportJWK, generateKeyPair, SignJWT } from 'jose'

export type Answer = (request: IncomingMessage, response: ServerResponse) => void

export interface KeyHost {
  readonly issuer: string
  readonly port: number
  /** Paths that were asked for, in order. */
  readonly asked: string[]
  /** Sockets that were opened. */
  readonly sockets: number
  /** What it answers from now on; at first the issuer's documents with no keys. */
  answer: Answer
  /** From now on its documents name these keys. */
  publish(...keys: readonly JWK[]): void
  /** How often its key set was asked for. */
  readonly fetches: number
  /** Closes the port; tests may call it early. */
  close(): Promise<void>
}

/** Starts a host on a free port of loopback. */
export async function startKeyHost(): Promise<KeyHost> {
  let sockets = 0
  let isOpen = true
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    host.answer(request, response)
  })
  server.on('connection', () => {
    sockets += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const issuer = `http://127.0.0.1:${port}`
  const host: KeyHost = {
    issuer,
    port,
    asked,
    get sockets() {
      return sockets
    },
    get fetches() {
      return asked.filter((path) => path === '/jwks').length
    },
    answer: documentsOf(issuer, []),
    publish(...keys) {
      host.answer = documentsOf(issuer, keys)
    },
    async close() {
      if (!isOpen) return
      isOpen = false
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return host
}

/** Answers as an issuer does. */
export function documentsOf(issuer: string, keys: readonly JWK[]): Answer {
  return (request, response) => {
    const json = request.url === '/jwks' ? { keys } : { issuer, jwks_uri: `${issuer}/jwks` }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json))
  }
}

/** Answers one text with one status. */
export function always(status: number, text: string, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(status, headers).end(text)
  }
}

/** A key pair that signs tokens, hostile ones too. */
export interface Signer {
  readonly publicJwk: JWK & { readonly kid: string }
  sign(claims: JWTPayload, header?: Partial<JWTHeaderParameters>): Promise<string>
  /** A token whose payload is this text, JSON or not. */
  signText(payload: string): Promise<string>
}

export async function createSigner(kid: string, alg = 'RS256'): Promise<Signer> {
  const pair = await generateKeyPair(alg, { extractable: true })
  const publicJwk = { ...(await exportJWK(pair.publicKey)), kid, use: 'sig' }
  const privateKey: CryptoKey = pair.privateKey
  return {
    publicJwk,
    sign: (claims, header = {}) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg, kid, typ: 'at+jwt', ...header })
        .sign(privateKey),
    signText: (payload) =>
      new CompactSign(Buffer.from(payload))
        .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
        .sign(privateKey),
  }
}
