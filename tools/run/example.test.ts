import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples')
const examples = readdirSync(EXAMPLES).filter((name) =>
  existsSync(join(EXAMPLES, name, 'server.ts')),
)

function run(...names: string[]): { status: number | null; stdout: string; stderr: string } {
  const command = [join(import.meta.dirname, 'example.ts'), ...names]
  return spawnSync(process.execPath, command, { encoding: 'utf8' })
}

describe('running an example', () => {
  test('without a name lists the choices on stderr and exits with code 2', () => {
    const { status, stdout, stderr } = run()
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(examples.length).toBeGreaterThan(0)
    for (const name of examples) expect(stderr).toContain(name)
  })

  test.each(['no-such-example', '../tools', '.', ''])(
    'by the unknown name %j is refused',
    (name) => {
      const { status, stderr } = run(name, '--port', '1')
      expect(status).toBe(2)
      expect(stderr).toContain(`There is no example "${name}". Choose one of:`)
    },
  )
})
