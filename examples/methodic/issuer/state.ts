// What the local issuer is across restarts: its key, its address and the secret of the one client it has. The address
// is its name, and people are known by the name of their issuer, so it keeps its port. All of it lies in one owner-only
// file.

import { randomBytes, randomInt } from 'node:crypto'
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import type { JWK } from 'jose'
import { exportJWK, generateKeyPair } from 'jose'

export interface IssuerState {
  /** `http://127.0.0.1:24417`, the `iss` of its tokens. */
  readonly issuer: string
  readonly port: number
  /** The private key that it signs with, as RSA with RS256. */
  readonly key: JWK
  /** Of the client `build-agent`. */
  readonly clientSecret: string
}

/** Ports that systems do not give out by themselves, so that nothing takes the issuer's while it is down. */
const PORT_MIN = 20_000
const PORT_MAX = 30_000

/** Reads the issuer's state in a folder, making it the first time. */
export async function openIssuerState(folder: string): Promise<IssuerState> {
  const path = join(folder, 'issuer.json')
  const known = read(path)
  if (known !== undefined) return known
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  const port = await findPort()
  const made: IssuerState = {
    issuer: `http://127.0.0.1:${port}`,
    port,
    key: { ...jwk, kid: randomBytes(8).toString('hex'), alg: 'RS256', use: 'sig' },
    clientSecret: randomBytes(24).toString('base64url'),
  }
  writeOnce(path, `${JSON.stringify(made)}\n`)
  return read(path) ?? made
}

function read(path: string): IssuerState | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as IssuerState
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

// Whole or not at all, and never over another: the server and a command may both be the first.
function writeOnce(path: string, text: string): void {
  const draft = `${path}.${randomBytes(8).toString('hex')}.new`
  writeFileSync(draft, text, { flag: 'wx', mode: 0o600 })
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(draft)
  }
}

async function findPort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORT_MIN, PORT_MAX)
    const server = createServer()
    try {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
      return port
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    } finally {
      server.close()
    }
  }
}
