// The program of docs/guide/cli-login.md logs in as it is printed there.

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { freePort } from 'keywright'
import { expect, it, onTestFinished } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { good } from '../people/lab.ts'
import { openLoginServer, signIn } from './open-server.ts'

const PAGE = readFileSync(new URL('../../../../docs/guide/cli-login.md', import.meta.url), 'utf8')

// The first is the issuer that `keywright serve` has unless it is told another.
it.each(['localhost', '127.0.0.1'])(
  'the client of the guide logs in at %s, and its key is named after the machine',
  async (host) => {
    const program = PAGE.split('```ts\n').find((block) => block.startsWith('import ')) ?? ''
    const [code = ''] = program.split('\n```')
    const port = await freePort('127.0.0.1')
    const server = await openLoginServer(`http://${host}:${port}`)
    await server.app.listen({ port, host: '127.0.0.1' })
    const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', code], {
      env: { ...process.env, STUDIO_SERVER: server.origin },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill())
    const ended = new Promise((resolve) => {
      child.on('exit', resolve)
    })
    const { person, reader } = await server.browser('ada')
    const lines: string[] = []
    for await (const line of createInterface(child.stdout)) {
      lines.push(line)
      if (!line.startsWith(server.origin)) continue
      await reader.open(line)
      await signIn(reader, 'ada')
      await reader.send('/oauth/authorize')
      rememberSecret(new URL(reader.location).searchParams.get('code') ?? '')
      await fetch(reader.location)
    }
    expect(await ended).toBe(0)
    expect(lines.at(-1)).toMatch(/^Logged in with st_pk_.{3}… for \*$/)
    const { keys } = await good(server.authority.asPerson(person.id).keys.list())
    expect(keys.map(({ name }) => name)).toEqual([expect.stringContaining('@')])
  },
)
