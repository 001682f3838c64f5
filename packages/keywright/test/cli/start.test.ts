// What a start of `keywright` loads: a server stays for months, a command for a moment, and neither carries the other.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }

const BIN = join(import.meta.dirname, '../../src/bin.ts')

/** What `npx keywright` runs: it starts the one above. */
const COMMAND = join(import.meta.dirname, '../..', manifest.bin.keywright)

/** Says on stderr, behind everything else, which modules were loaded. */
const TRACE = `
  import { registerHooks } from 'node:module'
  const loaded = []
  registerHooks({ load: (url, context, next) => { loaded.push(url); return next(url, context) } })
  process.on('exit', () => process.stderr.write(loaded.join('\\n')))
`

function start(...args: string[]) {
  return startFile(BIN, args)
}

function startFile(file: string, args: readonly string[]) {
  const trace = `data:text/javascript,${encodeURIComponent(TRACE)}`
  const command = ['--import', trace, file, ...args]
  const { PATH = '' } = process.env
  return spawnSync(process.execPath, command, { env: { PATH }, encoding: 'utf8' })
}

test('--version loads nothing of a server', () => {
  const { status, stdout, stderr } = start('--version')
  expect([status, stdout]).toEqual([0, `${manifest.version}\n`])
  expect(stderr).toContain('/keywright/src/commands/command-line.ts')
  expect(stderr).not.toMatch(/packages\/(core|storage|server|verifier|accounts)\//)
})

test('the command says its version by itself, and loads the rest for everything else', () => {
  const version = startFile(COMMAND, ['--version'])
  expect([version.status, version.stdout]).toEqual([0, `${manifest.version}\n`])
  expect(version.stderr).not.toMatch(/\.ts$/m)
  const config = startFile(COMMAND, ['check', 'no-such.config.ts'])
  expect(config.status).toBe(1)
  expect(config.stderr).toMatch(/^keywright: There is no file no-such\.config\.ts\. /)
})

test.each([[[]], [['--new-admin-key']]])('serve %j loads nothing of a command line', (flags) => {
  const { status, stdout, stderr } = start('serve', 'no-such.config.ts', ...flags)
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^keywright: There is no file no-such\.config\.ts\. /)
  expect(stderr).toContain('/keywright/src/serve/serve.ts')
  expect(stderr).not.toMatch(/packages\/(client|cli-kit)\/|node_modules\/commander\//)
})

test('serve with a flag that it does not have is refused as every command is', () => {
  const { status, stderr } = start('serve', '--bogus')
  expect(status).toBe(2)
  expect(stderr).toMatch(/^keywright: Unknown option '--bogus'\.\n/)
})
