// The set-up of docs/guide/nginx.md as it stands in the document: the real nginx, a real standalone server behind its
// question and a small real API behind its answer. Without nginx it is skipped, unless KEYWRIGHT_REQUIRE_NGINX=1.

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { freePort } from 'keywright'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { keepSink, openSink, rememberSecret } from '../tools/canary/registry.ts'

const ROOT = join(import.meta.dirname, '..')
const DOCUMENT = join(ROOT, 'docs/guide/nginx.md')

// Debian keeps nginx out of the PATH of ordinary users.
const NGINX = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  .map((folder) => join(folder, 'nginx'))
  .find((path) => existsSync(path))
const isRequired = process.env['KEYWRIGHT_REQUIRE_NGINX'] === '1'

interface Answer {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  /** Every line, where a header may be there twice. */
  readonly lines: NodeJS.Dict<string[]>
  readonly body: string
}

interface Question {
  readonly port: number
  readonly path: string
  readonly method?: string
  /** Names and values in turn. */
  readonly headers?: readonly string[]
  readonly body?: string
}

/** One request exactly as written. */
async function ask({
  port,
  path,
  method = 'GET',
  headers = [],
  body = '',
}: Question): Promise<Answer> {
  const lines = ['host', 'api.test', 'content-length', String(body.length), ...headers]
  const sent = request({ host: '127.0.0.1', port, path, method, headers: lines, agent: false })
  sent.end(body)
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  const { statusCode = 0, headersDistinct } = response
  const read = await text(response)
  return { status: statusCode, headers: response.headers, lines: headersDistinct, body: read }
}

/** Resolves with the first output that matches; rejects when the process ends before. */
async function outputOf(
  child: ChildProcess,
  pattern: RegExp,
  sink: string,
): Promise<RegExpExecArray> {
  let output = ''
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      output += chunk.toString()
      appendFileSync(sink, chunk)
      const match = pattern.exec(output)
      if (match !== null) resolve(match)
    }
    child.stdout?.on('data', onData)
    child.stderr?.on('data', onData)
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`it ended with ${code}:\n${output}`)))
  })
}

async function stop(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

/** The document's one configuration. */
function configuration(): string {
  const blocks = [...readFileSync(DOCUMENT, 'utf8').matchAll(/^```nginx\n(.*?)^```$/gms)]
  if (blocks.length !== 1) throw new Error(`${DOCUMENT} should have one nginx block`)
  return blocks[0]?.[1] as string
}

function substitute(conf: string, changes: Readonly<Record<string, string>>): string {
  return Object.entries(changes).reduce((changed, [from, to]) => {
    const parts = changed.split(from)
    if (parts.length !== 2) throw new Error(`'${from}' should be there once`)
    return parts.join(to)
  }, conf)
}

/** Runs nginx in a folder of its own, in the foreground, as one process. */
async function startNginx(folder: string, conf: string): Promise<ChildProcess> {
  writeFileSync(join(folder, 'api.conf'), conf)
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${name};`)
    .join(' ')
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid nginx.pid; error_log stderr notice;
    events {} http { access_log access.log; ${temporary} include api.conf; }`,
  )
  const options = ['-p', folder, '-c', join(folder, 'nginx.conf'), '-e', 'stderr']
  const child = spawn(NGINX as string, options, { stdio: ['ignore', 'pipe', 'pipe'] })
  // It says so when its sockets are open.
  await outputOf(child, /using the "\w+" event method/, openSink('nginx'))
  return child
}

test.runIf(isRequired)('nginx is there, as KEYWRIGHT_REQUIRE_NGINX demands', () => {
  expect(NGINX).toBeDefined()
})

describe.skipIf(NGINX === undefined)(
  'the set-up of docs/guide/nginx.md, with the real nginx',
  () => {
    let folder = ''
    const passed: { method: string; url: string; lines: NodeJS.Dict<string[]>; body: string }[] = []
    let keywright: ChildProcess | undefined
    let nginx: ChildProcess | undefined
    let api: Server
    let admin = ''
    let keywrightPort = 0
    let port = 0

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'keywright-nginx-'))
      api = createServer((incoming, response) => void answerAsApi(incoming, response))
      api.listen(0, '127.0.0.1')
      await once(api, 'listening')
      keywright = spawn(
        process.execPath,
        [join(ROOT, 'packages/keywright/src/bin.ts'), 'serve', join(ROOT, 'keywright.config.ts')],
        // Nothing else of the run's own: Vitest sets a BASE_URL that is none of the server's.
        {
          env: { PATH: process.env['PATH'], PORT: '0', DATA_DIR: join(folder, 'data') },
          stdio: 'pipe',
        },
      )
      const sink = openSink('nginx-keywright')
      const shown =
        /^admin key \(shown once\): (\S+)[^]*^keywright listening on http:\/\/127\.0\.0\.1:(\d+)$/m
      const banner = await outputOf(keywright, shown, sink)
      admin = banner[1] as string
      keywrightPort = Number(banner[2])
      rememberSecret(admin)
      port = await freePort('127.0.0.1')
      nginx = await startNginx(folder, substitute(configuration(), places(port)))
    })

    afterAll(async () => {
      await stop(nginx)
      await stop(keywright)
      api.closeAllConnections()
      api.close()
      keepSink(folder)
      rmSync(folder, { recursive: true })
    })

    beforeEach(() => {
      passed.length = 0
    })

    /** Notes what was passed on, and answers with the status that the query asks for. */
    async function answerAsApi(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
      const { method = '', url = '', headersDistinct: lines } = incoming
      passed.push({ method, url, lines, body: await text(incoming) })
      const status = Number(new URL(url, 'http://api').searchParams.get('status') ?? 200)
      response.writeHead(status, { 'x-api': 'yes' }).end('from the api')
    }

    function places(listen: number): Record<string, string> {
      return {
        '127.0.0.1:4747': `127.0.0.1:${keywrightPort}`,
        '127.0.0.1:3000': `127.0.0.1:${(api.address() as AddressInfo).port}`,
        'listen 8080': `listen 127.0.0.1:${listen}`,
      }
    }

    const bearer = (secret: string): string[] => ['authorization', `Bearer ${secret}`]
    const call = (path: string, question: Omit<Question, 'port' | 'path'> = {}): Promise<Answer> =>
      ask({ port, path, ...question })

    async function mint(kind: string, resource: string): Promise<{ id: string; key: string }> {
      const headers = [...bearer(admin), 'content-type', 'application/json']
      const body = JSON.stringify({ kind, resource })
      const answer = await ask({
        port: keywrightPort,
        path: '/v1/keys',
        method: 'POST',
        headers,
        body,
      })
      expect(answer.status).toBe(201)
      const minted = JSON.parse(answer.body) as { id: string; key: string }
      rememberSecret(minted.key)
      return minted
    }

    const mintAgent = (agent: string): ReturnType<typeof mint> =>
      mint('agent', `organizations/default/agents/${agent}`)

    /** What every refusal has, and that the API saw nothing of the request. */
    function refusal(answer: Answer): { status: number; code: unknown; challenge: unknown } {
      expect(passed).toEqual([])
      expect(answer.lines['content-type']).toEqual(['application/problem+json'])
      expect(answer.lines['cache-control']).toEqual(['no-store'])
      const body = JSON.parse(answer.body) as Record<string, unknown>
      expect(body).toEqual({
        type: `urn:keywright:problem:${String(body['code'])}`,
        status: answer.status,
        code: body['code'],
        request_id: expect.stringMatching(/^[\w-]{20,}$/),
      })
      return {
        status: answer.status,
        code: body['code'],
        challenge: answer.lines['www-authenticate'],
      }
    }

    test('passes a request on with its identity, and without the secret', async () => {
      const { id, key } = await mintAgent('agt_7')
      const answer = await call('/v1/agents/agt_7/runs?limit=2', { headers: bearer(key) })
      expect([answer.status, answer.body]).toEqual([200, 'from the api'])
      expect(answer.headers['ratelimit']).toMatch(/^"rate";r=9;/)
      expect(answer.headers['ratelimit-policy']).toBe('"rate";q=10;w=1')
      const [seen] = passed
      expect([seen?.method, seen?.url]).toEqual(['GET', '/v1/agents/agt_7/runs?limit=2'])
      expect(seen?.lines).toMatchObject({
        'x-keywright-key-id': [id],
        'x-keywright-kind': ['agent'],
        'x-keywright-resource': ['organizations/default/agents/agt_7'],
        'x-keywright-holder': ['organizations/default/agents/agt_7'],
        'x-keywright-mode': ['live'],
        'x-keywright-scopes': [expect.stringContaining('runs:read')],
      })
      expect(seen?.lines).not.toHaveProperty('authorization')
    })

    test('passes bodies on as they are, and asks without them', async () => {
      const body = JSON.stringify({ name: 'x'.repeat(100_000) })
      const answer = await call('/v1/agents', { method: 'POST', headers: bearer(admin), body })
      expect(answer.status).toBe(200)
      expect([passed[0]?.method, passed[0]?.body]).toEqual(['POST', body])
    })

    test('replaces identity headers that a client sends, however it writes them', async () => {
      const forged = [
        ['X-Keywright-Kind', 'org'],
        ['x-keywright-kind', 'org'],
        ['X-KEYWRIGHT-SCOPES', '*'],
        ['X-Keywright-Key-Id', 'key_forged'],
        ['X_Keywright_Key_Id', 'key_forged'],
        ['X-Keywright-Holder', 'organizations/other'],
        ['X-Keywright-Resource', 'organizations/other'],
        ['X-Keywright-Mode', 'test'],
        ['X-Keywright-Status', '200'],
        ['X-Keywright-Code', 'allowed'],
      ].flat()
      const { id, key } = await mintAgent('agt_8')
      await call('/v1/agents', { headers: [...forged, ...bearer(key)] })
      const ours = Object.entries(passed[0]?.lines ?? {}).filter(([name]) =>
        /^x.keywright/.test(name),
      )
      expect(Object.fromEntries(ours)).toEqual({
        'x-keywright-key-id': [id],
        'x-keywright-kind': ['agent'],
        'x-keywright-resource': ['organizations/default/agents/agt_8'],
        'x-keywright-holder': ['organizations/default/agents/agt_8'],
        'x-keywright-mode': ['live'],
        'x-keywright-scopes': [expect.not.stringContaining('*')],
      })
    })

    test("hands on the API's own answers, whatever their status", async () => {
      for (const status of [401, 403, 404, 429, 500, 503]) {
        const answer = await call(`/v1/agents?status=${status}`, { headers: bearer(admin) })
        expect([answer.status, answer.body]).toEqual([status, 'from the api'])
        expect(answer.headers['x-api']).toBe('yes')
      }
    })

    test('answers 401 with a challenge where a credential is missing, unknown or revoked', async () => {
      const challenge = ['Bearer realm="keywright"']
      const missing = refusal(await call('/v1/agents'))
      expect(missing).toEqual({ status: 401, code: 'missing_credential', challenge })
      const invalid = ['Bearer realm="keywright", error="invalid_token"']
      const unknown = refusal(await call('/v1/agents', { headers: bearer('kw_sk_live_x') }))
      expect(unknown).toEqual({ status: 401, code: 'invalid_key', challenge: invalid })
      const { id, key } = await mintAgent('agt_9')
      expect((await call('/v1/agents', { headers: bearer(key) })).status).toBe(200)
      const path = `/v1/keys/${id}`
      await ask({ port: keywrightPort, path, method: 'DELETE', headers: bearer(admin) })
      passed.length = 0
      const revoked = refusal(await call('/v1/agents', { headers: bearer(key) }))
      expect(revoked).toEqual({ status: 401, code: 'key_revoked', challenge: invalid })
    })

    test('answers 403 for what the key may not do or not reach', async () => {
      const { key } = await mintAgent('agt_10')
      const question = { method: 'POST', headers: bearer(key) }
      expect(refusal(await call('/v1/agents', question))).toEqual({
        status: 403,
        code: 'insufficient_scope',
        challenge: ['Bearer realm="keywright", error="insufficient_scope", scope="agents:write"'],
      })
      const other = refusal(await call('/v1/agents/agt_11/runs', { headers: bearer(key) }))
      expect(other).toEqual({ status: 403, code: 'outside_resource', challenge: undefined })
    })

    test('answers 400 for two credentials in one request', async () => {
      const headers = [...bearer(admin), ...bearer('kw_sk_live_x')]
      expect((await call('/v1/agents', { headers })).status).toBe(400)
      expect(passed).toEqual([])
    })

    test('answers 429 with the time to wait once a limit is reached', async () => {
      const { key } = await mintAgent('agt_12')
      const question = { headers: bearer(key) }
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => call('/v1/agents/agt_12/runs', question)),
      )
      const limited = answers.filter(({ status }) => status === 429)
      expect(answers.length - limited.length).toBe(passed.length)
      expect(passed.length).toBeGreaterThanOrEqual(10)
      expect(limited.length).toBeGreaterThan(0)
      passed.length = 0
      for (const answer of limited) {
        const expected = { status: 429, code: 'rate_limited', challenge: undefined }
        expect(refusal(answer)).toEqual(expected)
        expect(answer.lines['retry-after']).toEqual(['1'])
        expect(answer.lines['ratelimit']).toEqual([expect.stringMatching(/^"rate";r=0;t=\d+$/)])
        expect(answer.lines['ratelimit-policy']).toEqual(['"rate";q=10;w=1'])
      }
    })

    test('asks about the path that it passes on, and passes on no other', async () => {
      const { key } = await mintAgent('agt_13')
      const headers = bearer(key)
      for (const path of [
        '/v1/agents/agt_14/runs/../../agt_13/runs',
        '/v1/agents/agt_14%2F..%2Fagt_13%2Fruns',
        '//v1//agents/%61gt_13/runs',
      ]) {
        expect((await call(path, { headers })).status, path).toBe(200)
      }
      expect(new Set(passed.map(({ url }) => url))).toEqual(new Set(['/v1/agents/agt_13/runs']))
      passed.length = 0
      const elsewhere = await call('/v1/agents/agt_13/runs/../../agt_14/runs', { headers })
      expect(refusal(elsewhere)).toMatchObject({ status: 403, code: 'outside_resource' })
      for (const path of [
        '/',
        '/admin',
        '/v1/agents/',
        '/v1/agents/-/runs',
        '/v1/agents/%2D/runs',
        '/v1/agents/a%26scope=x/runs',
        '/v1/agents/agt_13%0d%0aX-Keywright-Kind:%20org/runs',
        `/v1/agents/${'a'.repeat(129)}/runs`,
        '/keywright-ask',
      ]) {
        expect((await call(path, { headers: bearer(admin) })).status, path).toBe(404)
      }
      expect(passed).toEqual([])
    })

    test('answers 503 when Keywright refuses the question itself', async () => {
      const other = mkdtempSync(join(tmpdir(), 'keywright-nginx-'))
      const listen = await freePort('127.0.0.1')
      const wrong = { ...places(listen), 'GET     runs:read': 'GET     runs:fly' }
      const child = await startNginx(other, substitute(configuration(), wrong))
      const path = '/v1/agents/agt_7/runs'
      const answer = await ask({ port: listen, path, headers: bearer(admin) })
      const expected = { status: 503, code: 'unavailable', challenge: undefined }
      expect(refusal(answer)).toEqual(expected)
      await stop(child)
      keepSink(other)
      rmSync(other, { recursive: true })
    })

    test('answers 503 and never yes when Keywright is not there', async () => {
      await stop(keywright)
      const answer = await call('/v1/agents', { headers: bearer(admin) })
      const expected = { status: 503, code: 'unavailable', challenge: undefined }
      expect(refusal(answer)).toEqual(expected)
      expect(answer.lines['retry-after']).toEqual(['1'])
    })
  },
)
