// `autolab login` against the example's own process: in by browser, in by code, out again. What a person does at the
// pages is done here without scripts; the story in a real browser is in e2e.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import type { World } from '@keywright/cli-kit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { keepSink, rememberSecret } from '../../tools/canary/registry.ts'
import { ask } from '../../tools/run/ask.ts'
import { startProcess } from '../../tools/run/start-process.ts'
import { CREDENTIALS, Machine } from './testing/at-home.ts'
import type { Person } from './testing/let-in.ts'
import { letIn } from './testing/let-in.ts'

const SERVER = join(import.meta.dirname, 'server.ts')
const SHOWN = / \(shown once\): (\S+)$/
const DISPLAY = { DISPLAY: ':0' }

/** The control node after its first start, and alice. */
async function openControlNode() {
  const folder = mkdtempSync(join(tmpdir(), 'autolab-'))
  const { url, lines } = await startProcess([SERVER], { DATA_DIR: folder })
  onTestFinished(() => {
    keepSink(folder)
    rmSync(folder, { recursive: true, force: true })
  })
  const [owner = '', viewer = '', password = ''] = lines.map((line) => SHOWN.exec(line)?.[1] ?? '')
  for (const secret of [owner, viewer, password]) rememberSecret(secret)
  const alice: Person = { email: 'alice@autolab.example', password }
  return { url, owner, alice }
}

/** A desktop whose browser lets the program in. */
function desktop(person: Person): Partial<World> {
  return {
    exists: () => false,
    user: 'alice',
    hostName: 'laptop',
    launch: (_program, args) => {
      void letIn(args.at(-1) ?? '', person)
      return Promise.resolve(true)
    },
  }
}

async function inByBrowser(url: string, alice: Person) {
  const machine = new Machine(url)
  const play = { typed: '', env: DISPLAY, world: desktop(alice) }
  const played = await machine.run('login', play)
  const token = (await machine.run('token')).stdout.trim()
  return { machine, played, token }
}

describe('autolab login', () => {
  test('A1, A3: in the browser stores a token that acts as the person; logout ends it here and there', async () => {
    const { url, alice } = await openControlNode()
    const { machine, played, token } = await inByBrowser(url, alice)
    expect([played.exit, played.stdout]).toEqual([0, ''])
    const [first, page = '', paste, ...rest] = played.stderr.split('\n')
    expect(first).toBe('Open this page in your browser to log in:')
    expect(page).toContain(`${url}/oauth/authorize?`)
    expect(paste).toMatch(/^If the browser is on another machine, paste/)
    expect(rest.join('\n')).toBe(
      `Logged in as Alice (${url}).\nWrote ~/${CREDENTIALS} (chmod 600).\n`,
    )
    expect(machine.home.files()).toEqual([`600 ${CREDENTIALS}`])
    expect((await machine.run('whoami')).stdout).toBe(`${url}  Alice <alice@autolab.example>\n`)
    expect((await machine.run('token ls')).stdout).toMatch(/^key_\w+ +alice@laptop +al_/m)
    expect((await machine.run('logout')).stderr).toBe(
      `Removed the login ${url}. It is ended at ${url} too.\n`,
    )
    expect(JSON.parse(machine.home.read(CREDENTIALS))).toEqual({ hosts: {} })
    expect((await ask(`${url}/v1/me`, { key: token })).status).toBe(401)
    expect((await machine.run('whoami')).exit).toBe(4)
  })

  test('A1: logout leaves a token standing that named tokens live on, and says how to end them all', async () => {
    const { url, owner, alice } = await openControlNode()
    const { machine, token } = await inByBrowser(url, alice)
    const box = (await machine.run('token create --name gpu-box')).stdout.trim()
    const out = await machine.run('logout --json')
    expect(JSON.parse(out.stdout)).toMatchObject([
      { server: url, is_removed: true, at_server: 'kept', made_with_it: [{ name: 'gpu-box' }] },
    ])
    expect(out.stderr).toContain('because what was made with it ends with it: gpu-box.\n')
    for (const key of [token, box]) {
      expect((await ask(`${url}/v1/me`, { key })).status).toBe(200)
    }
    const command = /`autolab (token revoke \w+)`/.exec(out.stderr)?.[1] ?? ''
    const ended = await machine.run(command, { env: { AUTOLAB_TOKEN: owner } })
    expect(ended.stderr).toContain('With it ended what was made with it: gpu-box.\n')
    expect((await ask(`${url}/v1/me`, { key: box })).status).toBe(401)
  })

  test('A1: a machine without a browser is let in by its code, and may not make tokens', async () => {
    const { url, alice } = await openControlNode()
    const gpubox = new Machine(url)
    const shown: string[] = []
    let isApproved = false
    const world: Partial<World> = {
      user: 'alice',
      hostName: 'gpubox',
      stderr: { isTTY: true, write: (text) => shown.push(text) },
      // Each wait for the next poll is when the person acts.
      async wait() {
        if (isApproved) return
        isApproved = true
        const text = stripVTControlCharacters(shown.join(''))
        const page = /^(http\S+)$/m.exec(text)?.[1] ?? ''
        const userCode = /enter the code (\S+)/.exec(text)?.[1] ?? ''
        await letIn(page, { ...alice, userCode })
      },
    }
    const { exit } = await gpubox.run('login --device', { typed: '', world })
    expect(exit).toBe(0)
    await gpubox.run('token')
    expect((await gpubox.run('whoami')).stdout).toContain('Alice')
    const refused = await gpubox.run('token create --name more')
    expect([refused.exit, refused.stdout]).toEqual([5, ''])
  })
})
