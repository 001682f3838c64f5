// The command line as a process of its own, behind a proxy and with the certificate authority of a company.

import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'

const CLI = join(import.meta.dirname, 'world', 'cli.ts')
/** What makes the certificate of the company. */
const OPENSSL = 'openssl'
const TOKEN = newSecret('al')

interface Ended {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

function autolab(env: Record<string, string>, ...args: readonly string[]): Promise<Ended> {
  const path = { PATH: process.env['PATH'] ?? '', HOME: new Home().path, AUTOLAB_TOKEN: TOKEN }
  const child = spawn(process.execPath, [CLI, 'AUTOLAB', ...args], { env: { ...path, ...env } })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => (stdout += String(chunk)))
  child.stderr.on('data', (chunk) => (stderr += String(chunk)))
  return new Promise((resolve) => {
    child.once('close', (exit) => resolve({ exit, stdout, stderr }))
  })
}

async function listening(server: Pick<Server, 'listen' | 'address' | 'close'>): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve())
  })
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** A forward proxy that knows one name, and says where it was asked to go. */
async function startProxy(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(502).end()
  })
  proxy.on('connect', (request, socket) => {
    const to = request.url ?? ''
    asked.push(to)
    const upstream = connect(Number(to.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n')
      upstream.pipe(socket)
      socket.pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
  return { url: `http://127.0.0.1:${await listening(proxy)}`, asked }
}

/** A server with a certificate that only its company knows, for a name and for its address. */
async function startCompany() {
  const home = new Home()
  const [key, certificate] = [join(home.path, 'key.pem'), join(home.path, 'certificate.pem')]
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  const names = 'subjectAltName=IP:127.0.0.1,DNS:company.test'
  const of = ['-subj', '/CN=company', '-addext', names, '-days', '2']
  execFileSync(OPENSSL, [...made, ...of, '-keyout', key, '-out', certificate], {
    stdio: 'ignore',
  })
  const pair = { key: readFileSync(key), cert: readFileSync(certificate) }
  const server = createSecureServer(pair, (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ person: { name: 'Jane Doe' }, organizations: [] }))
  })
  return { port: await listening(server), certificate }
}

describe('a proxy that the environment names', () => {
  test('is used from the first request on', async () => {
    const [{ port, certificate }, proxy] = await Promise.all([startCompany(), startProxy()])
    const url = `https://company.test:${port}`
    const env = { AUTOLAB_HOST: url, HTTPS_PROXY: proxy.url, SSL_CERT_FILE: certificate }
    const { exit, stdout } = await autolab(env, 'whoami')
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: `${url}  Jane Doe\n` })
    expect(proxy.asked).toEqual([`company.test:${port}`])
  })

  test('is not used for what NO_PROXY names', async () => {
    const proxy = await startProxy()
    const host = { AUTOLAB_HOST: 'https://company.test:9', NO_PROXY: 'company.test' }
    expect((await autolab({ ...host, HTTPS_PROXY: proxy.url }, 'whoami')).exit).toBe(8)
    expect(proxy.asked).toEqual([])
  })

  test('never sees a credential that goes to this machine in plain http', async () => {
    const [product, proxy] = await Promise.all([startProduct([TOKEN]), startProxy()])
    const env = { AUTOLAB_HOST: product.url, HTTP_PROXY: proxy.url, HTTPS_PROXY: proxy.url }
    expect((await autolab(env, 'whoami')).exit).toBe(0)
    expect(proxy.asked).toEqual([])
  })
})

describe('a certificate of a company', () => {
  test('is trusted where the system trusts it', async () => {
    const { port, certificate } = await startCompany()
    const url = `https://127.0.0.1:${port}`
    const env = { AUTOLAB_HOST: url, SSL_CERT_FILE: certificate }
    expect(await autolab(env, 'whoami')).toEqual({
      exit: 0,
      stdout: `${url}  Jane Doe\n`,
      stderr: '',
    })
  })

  test('that nobody here trusts is told in one line, with what to do', async () => {
    const { port } = await startCompany()
    const { exit, stderr } = await autolab({ AUTOLAB_HOST: `https://127.0.0.1:${port}` }, 'whoami')
    expect(exit).toBe(8)
    expect(stderr).toContain('certificate is not trusted here')
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS')
  })
})
