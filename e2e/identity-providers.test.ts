// The program of docs/guide/identity-providers.md as it stands there, with a real provider in place of the page's.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startOidcProvider } from '@keywright/verifier/testing'
import { expect, onTestFinished, test } from 'vitest'
import { rememberSecret } from '../tools/canary/registry.ts'
import { makeFolder } from './testing/make-folder.ts'
import { startProcess } from './testing/start-process.ts'

const ROOT = join(import.meta.dirname, '..')
const PAGE = readFileSync(join(ROOT, 'docs', 'guide', 'identity-providers.md'), 'utf8')
const LISTENING = /^acme listening on (http:\/\/127\.0\.0\.1:\d+)$/

/** The first program of the page; of what it names only the issuer and the place of the database differ. */
function programOf(issuer: string, database: string): string {
  const program = /^```ts\n(.*?)^```$/ms.exec(PAGE)?.[1] ?? ''
  expect(program).toContain("'https://auth.acme.com'")
  expect(program).toContain("'acme.db'")
  return program
    .replace('https://auth.acme.com', issuer)
    .replace("'acme.db'", JSON.stringify(database))
}

test("the guide's API takes a provider's token, mints a key with it and takes the key", async () => {
  const provider = await startOidcProvider()
  onTestFinished(() => provider.close())
  const program = programOf(provider.issuer, join(makeFolder(), 'acme.db'))
  const api = startProcess({
    name: 'guide',
    args: ['--input-type=module-typescript', '--eval', program],
    // Where its imports are installed.
    cwd: join(ROOT, 'packages', 'keywright'),
    env: { PORT: '0' },
  })
  const url = LISTENING.exec(await api.line(LISTENING))?.[1] ?? ''
  const token = await provider.token('https://api.acme.com')
  rememberSecret(token)
  const call = (path: string, credential: string, method = 'GET'): Promise<Response> =>
    fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${credential}` } })
  // Who joined has no role there yet.
  expect((await call('/v1/org_1/p_1/runs', token)).status).toBe(403)
  const minted = await call('/v1/api-keys', token, 'POST')
  expect(minted.status).toBe(201)
  const { key } = (await minted.json()) as { key: string }
  rememberSecret(key)
  const refused = await call('/v1/org_1/p_1/runs', key)
  expect(await refused.json()).toMatchObject({ code: 'outside_resource' })
  const foreign = await provider.token('https://other.acme.com')
  rememberSecret(foreign)
  expect((await call('/v1/org_1/p_1/runs', foreign)).status).toBe(401)
  await api.stop()
})
