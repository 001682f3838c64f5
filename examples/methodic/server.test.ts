import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { keepSink, rememberSecret } from '../../tools/canary/registry.ts'
import { ask } from '../../tools/run/ask.ts'
import { startProcess } from '../../tools/run/start-process.ts'
import { until } from './testing/until.ts'

const SERVER = join(import.meta.dirname, 'server.ts')
const SHOWN = /^researcher JWT \(valid 1 h\): ([\w-]+\.[\w-]+\.[\w-]+)$/

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'methodic-'))
  onTestFinished(() => {
    // It holds the issuer's own key and client, which are no credentials of the API.
    rmSync(join(folder, 'issuer.json'), { force: true })
    keepSink(folder)
    rmSync(folder, { recursive: true })
  })
  return folder
}

/** What the command prints, apart from any server. */
function printToken(folder: string, option: string): string {
  const { PATH = '' } = process.env
  const env = { PATH, DATA_DIR: folder }
  const token = execFileSync(process.execPath, [SERVER, option], { env, encoding: 'utf8' }).trim()
  rememberSecret(token)
  return token
}

/** The claims that a token makes. */
function claimsOf(token: string): Record<string, unknown> {
  const [, payload = ''] = token.split('.')
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
}

/** Makes a run with a token and provisions it, and waits until its worker has told its process id. */
async function provision(url: string, key: string): Promise<{ run: string; pid: number }> {
  const post = (path: string, body: object = {}) => ask(url + path, { method: 'POST', key, body })
  const { id } = await post('/experiments', { name: 'Sweep' })
  await post(`/experiments/${id}/variations`)
  await post(`/experiments/${id}/variations/1/runs`)
  const run = `/experiments/${id}/variations/1/runs/1`
  expect((await post(`${run}/provision`)).status).toBe(201)
  const pid = await until(async () => {
    const { body } = await ask(url + run, { key })
    return (body['metrics'] as { value: number }[])[0]?.value
  })
  return { run, pid }
}

describe('the methodic server', () => {
  test(
    'M16: shows a JWT on the first start only; fresh ones are printed whether it runs or not',
    { timeout: 60_000 },
    async () => {
      const folder = makeFolder()
      const before = claimsOf(printToken(folder, '--jwt'))
      const env = { DATA_DIR: folder }
      const first = await startProcess([SERVER], env)
      expect(first.lines).toEqual([
        expect.stringMatching(SHOWN),
        `methodic listening on ${first.url}`,
      ])
      const token = SHOWN.exec(first.lines[0] ?? '')?.[1] ?? ''
      rememberSecret(token)
      const shown = claimsOf(token)
      expect(shown).toMatchObject({ iss: before['iss'], sub: 'jane', name: 'Jane Doe' })
      expect(Number(shown['exp']) - Number(shown['iat'])).toBe(3600)
      const machine = claimsOf(printToken(folder, '--machine-jwt'))
      expect(machine).toMatchObject({ iss: before['iss'], sub: 'build-agent' })
      expect(await first.stop()).toBe(0)

      const second = await startProcess([SERVER], env)
      expect(second.lines).toEqual([`methodic listening on ${second.url}`])
      expect(await second.stop()).toBe(0)
    },
  )

  test(
    'with an issuer of its own names what is missing, and makes no tokens',
    { timeout: 60_000 },
    async () => {
      const env = {
        DATA_DIR: makeFolder(),
        METHODIC_ISSUER: 'https://methodic.eu.auth0.com/',
        METHODIC_AUDIENCE: 'https://api.methodiclabs.ai',
      }
      const first = await startProcess([SERVER], env)
      expect(first.lines[0]).toMatch(/^no organization yet: start with METHODIC_OWNER_SUBJECT/)
      await first.stop()
      const second = await startProcess([SERVER], { ...env, METHODIC_OWNER_SUBJECT: 'auth0|1' })
      expect(second.lines).toEqual([`methodic listening on ${second.url}`])
      await second.stop()
      const run = () => execFileSync(process.execPath, [SERVER, '--jwt'], { env, stdio: 'pipe' })
      expect(run).toThrow(/METHODIC_ISSUER is set/)
    },
  )

  test(
    'M11: a server that dies leaves an instance that can do nothing more; one that is stopped ends it',
    { timeout: 60_000 },
    async () => {
      const folder = makeFolder()
      const worker = join(import.meta.dirname, 'testing', 'lingering-worker.ts')
      const env = { DATA_DIR: folder, METHODIC_WORKER: worker }
      const first = await startProcess([SERVER], env)
      const token = SHOWN.exec(first.lines[0] ?? '')?.[1] ?? ''
      rememberSecret(token)
      const left = await provision(first.url, token)
      onTestFinished(() => void process.kill(left.pid, 'SIGKILL'))
      const environment = readFileSync(`/proc/${left.pid}/environ`, 'utf8')
      const key = /CHRONICLE_API_KEY=(\w+)/.exec(environment)?.[1] ?? ''
      rememberSecret(key)
      await first.stop('SIGKILL')

      // The token is good after the restart too: its issuer is the same.
      const second = await startProcess([SERVER], env)
      const run = await ask(second.url + left.run, { key: token })
      expect(run.body).toMatchObject({ status: 'interrupted', instance: { ending: 'lost' } })
      const refused = await ask(second.url + left.run, { key })
      expect(refused).toMatchObject({ status: 401, body: { code: 'key_revoked' } })

      const other = await provision(second.url, token)
      expect(await second.stop()).toBe(0)
      expect(() => process.kill(other.pid, 0)).toThrow(/ESRCH/)
    },
  )
})
