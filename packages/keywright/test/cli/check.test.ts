// `keywright check`: what a definition describes, with its limits.

import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Home } from '@keywright/cli-kit/testing'
import { expect, onTestFinished, test } from 'vitest'
import { keywright } from '../../src/commands/command-line.ts'

const ROOT = join(import.meta.dirname, '../../../..')
const TOGETHER = 'for each of organizations together'

test.each([
  ['keywright.config.ts', ['no limits', '10 a second, 10 at once for each key']],
  [
    'examples/chronary/authority.ts',
    [`10 a second, 10 at once for each key; 10000 a month ${TOGETHER}`],
  ],
  [
    'examples/chronary-modes/authority.ts',
    [
      `in live mode 10 a second, 10 at once for each key; 10000 a month ${TOGETHER}`,
      'in test mode 10 a second, 10 at once for each key',
    ],
  ],
])('says what the limits of %s are, mode by mode where they differ', async (name, limits) => {
  const file = join(ROOT, name)
  const { exit, stdout, stderr } = await new Home().play(keywright, { args: ['check', file] })
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
  const found = stdout.split('\n').filter((line) => line.startsWith('    '))
  expect([...new Set(found)].map((line) => line.trim())).toEqual(limits)

  const asJson = await new Home().play(keywright, { args: ['check', file, '--json'] })
  const { describes } = JSON.parse(asJson.stdout) as { describes: string[] }
  expect(`${describes.join('\n')}\n`).toBe(stdout)
})

test('a file that is not there is told as such, also as JSON', async () => {
  const { exit, stdout, stderr } = await new Home().play(keywright, {
    args: ['check', 'no-such.config.ts', '--json'],
  })
  expect({ exit, stdout }).toEqual({ exit: 1, stdout: '' })
  expect(JSON.parse(stderr)).toEqual({
    error: {
      code: 'failed',
      message:
        'There is no file no-such.config.ts. Name another file, or write one with: npx keywright init no-such.config.ts',
    },
  })
})

test('a definition where the package is not installed is no mistake in the file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-check-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'authority.ts')
  copyFileSync(join(ROOT, 'keywright.config.ts'), file)
  // In a process of its own: here the test runner would find the package.
  const bin = join(ROOT, 'packages/keywright/src/bin.ts')
  const { PATH = '' } = process.env
  const command = [bin, 'check', file]
  const { status, stderr } = spawnSync(process.execPath, command, {
    env: { PATH },
    encoding: 'utf8',
  })
  expect(status).toBe(1)
  expect(stderr).toContain(
    `Install keywright in the folder of the file or one above it, or move the file to where it is, then look with: npx keywright check ${file}`,
  )
})
