// Programs that are set up for one login and ask by no host: Kubernetes clients, and any other.

import { spawnSync } from 'node:child_process'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { rememberSecret } from '../../../tools/canary/registry.ts'
import { AUTOLAB } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'
import { CLI, runProgram } from './world/run-program.ts'

const TOKEN = newSecret('al')
const FILE = '.config/autolab/credentials.json'
/** The programs that a test asks, where they are there. */
const KUBECTL = 'kubectl'
const OPENSSL = 'openssl'

describe('Kubernetes clients', () => {
  const INFO = { apiVersion: 'client.authentication.k8s.io/v1beta1', kind: 'ExecCredential' }

  test('get an ExecCredential in the version that they speak, with its end where it is known', async () => {
    const product = await startProduct([TOKEN])
    const expiresAt = '2099-01-01T00:00:00.000Z'
    product.spoil((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ key: { kind: 'personal', expires_at: expiresAt } }))
    })
    const env = { AUTOLAB_HOST: product.url, AUTOLAB_TOKEN: TOKEN }
    const args = ['helper', 'exec']
    const { stdout } = await new Home().play(AUTOLAB, { args, env })
    expect(JSON.parse(stdout)).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1',
      kind: 'ExecCredential',
      status: { token: TOKEN, expirationTimestamp: expiresAt },
    })
    const older = { ...env, KUBERNETES_EXEC_INFO: JSON.stringify(INFO) }
    const beta = await new Home().play(AUTOLAB, { args, env: older })
    expect(JSON.parse(beta.stdout)).toMatchObject({ apiVersion: INFO.apiVersion })
  })

  test('a version that is not known, and what is no version, is refused with the fix', async () => {
    const infos = ['{"apiVersion":"client.authentication.k8s.io/v1alpha1"}', '{}', 'null', 'no']
    for (const KUBERNETES_EXEC_INFO of infos) {
      const env = { AUTOLAB_TOKEN: TOKEN, KUBERNETES_EXEC_INFO }
      const { exit, stdout } = await new Home().play(AUTOLAB, { args: ['helper', 'exec'], env })
      expect([exit, stdout]).toEqual([2, ''])
    }
  })

  const HAS_KUBECTL =
    spawnSync(KUBECTL, ['version', '--client']).status === 0 &&
    spawnSync(OPENSSL, ['version']).status === 0

  test.skipIf(!HAS_KUBECTL)('kubectl itself sends the stored login', async () => {
    const product = await startProduct([TOKEN])
    const home = new Home()
    const cluster = await startCluster(home)
    const hosts = { [product.url]: { token: TOKEN } }
    await home.put({
      [FILE]: JSON.stringify({ active: product.url, hosts }),
      kubeconfig: kubeconfigFor(cluster.url),
    })
    const asks = [KUBECTL, '--kubeconfig', join(home.path, 'kubeconfig'), 'get', '--raw', '/x']
    const { stdout, stderr } = await runProgram(asks, { HOME: home.path })
    expect({ stdout, stderr }).toEqual({ stdout: '{}', stderr: '' })
    expect(cluster.sent.at(-1)).toBe(`Bearer ${TOKEN}`)
  })

  /** A cluster that answers everything: kubectl gives credentials to https alone. */
  async function startCluster(home: Home) {
    const sent: (string | undefined)[] = []
    const [key, certificate] = [join(home.path, 'key.pem'), join(home.path, 'certificate.pem')]
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
    const of = ['-days', '2', '-subj', '/CN=cluster.test', '-keyout', key, '-out', certificate]
    expect(spawnSync(OPENSSL, [...made, ...of]).status).toBe(0)
    const pair = { key: home.read('key.pem'), cert: home.read('certificate.pem') }
    const server = createServer(pair, (request, response) => {
      sent.push(request.headers.authorization)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    return { sent, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}` }
  }

  function kubeconfigFor(server: string): string {
    const [command, script] = CLI
    const exec = {
      apiVersion: 'client.authentication.k8s.io/v1',
      command,
      args: [script, 'AUTOLAB', 'helper', 'exec'],
      interactiveMode: 'Never',
    }
    return JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'lab',
      contexts: [{ name: 'lab', context: { cluster: 'lab', user: 'jane' } }],
      clusters: [{ name: 'lab', cluster: { server, 'insecure-skip-tls-verify': true } }],
      users: [{ name: 'jane', user: { exec } }],
    })
  }
})

describe('any other program', () => {
  /** A JWT that nobody signed: only what it says of its end is looked at. */
  function jwtUntil(seconds: number): string {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const jwt = `${part({ alg: 'RS256' })}.${part({ exp: seconds })}.c2lnbmVk`
    rememberSecret(jwt)
    return jwt
  }
  const ask = (token: string, env: Record<string, string> = {}) =>
    new Home().play(AUTOLAB, {
      args: ['helper', 'process'],
      env: { AUTOLAB_TOKEN: token, ...env },
      world: { wait: () => Promise.resolve() },
    })

  test('gets a small document, with the end of a JWT by its own words and without asking', async () => {
    const jwt = jwtUntil(4_000_000_000)
    const { exit, stdout, stderr } = await ask(jwt)
    const expires_at = '2096-10-02T07:06:40Z'
    expect([exit, stderr, stdout.endsWith('\n')]).toEqual([0, '', true])
    expect(JSON.parse(stdout)).toEqual({ version: 1, token: jwt, expires_at })
  })

  test('one that has expired is not handed out', async () => {
    const { exit, stdout, stderr } = await ask(jwtUntil(1_000_000_000))
    expect([exit, stdout]).toEqual([4, ''])
    expect(stderr).toContain('The login from AUTOLAB_TOKEN has expired.')
  })

  test('a server that cannot be reached keeps nobody from the token; one that refuses it does', async () => {
    const gone = await ask(TOKEN, { AUTOLAB_HOST: 'http://127.0.0.1:9' })
    expect(JSON.parse(gone.stdout)).toEqual({ version: 1, token: TOKEN, expires_at: null })
    const { url } = await startProduct([])
    const refused = await ask(TOKEN, { AUTOLAB_HOST: url })
    expect([refused.exit, refused.stdout]).toEqual([4, ''])
  })

  test('--json changes nothing of the protocol, and a protocol that is not there is named', async () => {
    const jwt = jwtUntil(4_000_000_000)
    const env = { AUTOLAB_TOKEN: jwt }
    const args = ['helper', 'process', '--json']
    const { stdout } = await new Home().play(AUTOLAB, { args, env })
    expect(stdout).toBe((await ask(jwt)).stdout)
    const unknown = await new Home().play(AUTOLAB, { args: ['helper', 'toString'], env })
    expect(unknown.exit).toBe(2)
    expect(unknown.stderr).toContain('docker, git, exec, process')
  })

  test('git without an operation is a wrong command line, not an empty answer', async () => {
    const { exit, stderr } = await new Home().play(AUTOLAB, { args: ['helper', 'git'] })
    expect(exit).toBe(2)
    expect(stderr).toContain('It asks get, store or erase.')
  })
})
