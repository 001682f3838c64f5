import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples')

interface Manifest {
  readonly version: string
  readonly bin?: Readonly<Record<string, string>>
}

const commands = readdirSync(EXAMPLES).flatMap((example) => {
  const text = readFileSync(join(EXAMPLES, example, 'package.json'), 'utf8')
  const { version, bin = {} } = JSON.parse(text) as Manifest
  return Object.entries(bin).map(([name, path]) => ({ example, name, path, version }))
})

describe.each(commands)('$name, linked from the example $example', (command) => {
  const { example, name, path, version } = command

  /** Runs it through a link, as `npm link` makes one, with nothing on the PATH but the system's own. */
  function run(...args: string[]) {
    const folder = mkdtempSync(join(tmpdir(), 'linked-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    symlinkSync(join(EXAMPLES, example, path), join(folder, name))
    const env = { PATH: '/usr/bin:/bin', HOME: folder }
    const { stdout, stderr, status } = spawnSync(join(folder, name), args, {
      encoding: 'utf8',
      env,
    })
    return { stdout, stderr, status }
  }

  test.each([[['--version']], [['--no-color', '--version']]])('says its version: %j', (args) => {
    expect(run(...args)).toEqual({ stdout: `${version}\n`, stderr: '', status: 0 })
  })

  test('runs on the Node of this repository', () => {
    expect(run('--help')).toMatchObject({
      stdout: expect.stringContaining(`Usage: ${name} `),
      status: 0,
    })
  })
})
