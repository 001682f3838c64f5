// The programs of docs/guide/people-and-roles.md run one after the other, as they are printed there.

import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'

const PAGE = readFileSync(
  new URL('../../../../docs/guide/people-and-roles.md', import.meta.url),
  'utf8',
)
const SHOW = `
console.log(JSON.stringify([narrowed, worker, founded.organization.id].map((shown) => shown.key?.resource ?? shown)))
await authority.close()`

it('the programs of the guide make a team, keys of a person, and a worker that ends with its run', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-guide-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const blocks = [...PAGE.matchAll(/```ts\n(.*?)\n```/gs)].map(([, text = '']) => text)
  const program = [...blocks, SHOW]
    .join('\n')
    .replace('export default', 'const definition =')
    .replace("import definition from './authority.ts'\n", '')
    .replace("'lab.db'", JSON.stringify(join(folder, 'lab.db')))
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module-typescript',
    '--eval',
    program,
  ])
  const [narrowed, worker, organization] = JSON.parse(stdout) as string[]
  expect(narrowed).toBe(`organizations/${organization}/projects/p1`)
  expect(worker).toBe(`${narrowed}/runs/r3`)
})
