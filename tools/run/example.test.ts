import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples')

function run(script: string, ...args: string[]) {
  const command = [join(import.meta.dirname, script), ...args]
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe.each([
  ['example.ts', 'server.ts'],
  ['example-cli.ts', 'cli.ts'],
])('running an example by %s', (script, file) => {
  const examples = readdirSync(EXAMPLES).filter((name) => existsSync(join(EXAMPLES, name, file)))

  test('without a name lists the choices on stderr and exits with code 2', () => {
    const { status, stdout, stderr } = run(script)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(examples.length).toBeGreaterThan(0)
    for (const name of examples) expect(stderr).toContain(name)
  })

  test.each(['no-such-example', '../tools', '.', ''])(
    'by the unknown name %j is refused',
    (name) => {
      const { status, stderr } = run(script, name, '--port', '1')
      expect(status).toBe(2)
      expect(stderr).toContain(`There is no example "${name}". Choose one of:`)
    },
  )
})

test('the command line of an example has its own arguments and nothing of the runner', () => {
  const { status, stdout } = run('example-cli.ts', 'methodic', 'auth', '--help')
  expect(status).toBe(0)
  expect(stdout).toContain('Usage: methodic auth')
})
