// What it costs to start a command, in processes of their own, beside a Node that does nothing. A start counts from the
// moment that it is asked for until the process has ended.

import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { withFolder } from './harness/folder.ts'
import type { Measure, Row } from './harness/measure.ts'
import type { Round } from './harness/rounds.ts'
import { compare } from './harness/rounds.ts'

const KEYWRIGHT = fileURLToPath(new URL('../bin/keywright.js', import.meta.resolve('keywright')))
const METHODIC = fileURLToPath(new URL('../../examples/methodic/', import.meta.url))
const MANIFEST = new URL('../../examples/methodic/package.json', import.meta.url).href
const START = import.meta.resolve('@keywright/cli-kit/start')

const VERSION_GOAL = 2
const COMMAND_GOAL = 3
const FIRST_GOAL = 10

interface Started {
  readonly measure: string
  readonly command: readonly string[]
  /** What it prints, so that it is known to have run. */
  readonly says: RegExp
  readonly ratioMax: number
  /** Nothing of an earlier start is there. */
  readonly isFirst?: boolean
}

export const start: Measure = ({ rounds, isQuick }) =>
  withFolder(async (folder) => {
    const rows: Row[] = []
    const starts = isQuick ? 1 : 10
    const nothing = { command: [process.execPath, '-e', '0'], says: /^$/ }
    for (const { measure, ratioMax, ...started } of startedOf(await bundleMethodic(folder))) {
      const verdict = await compare({
        rounds,
        ours: roundOf(folder, started, starts),
        theirs: roundOf(folder, nothing, starts),
      })
      const goal = `under ${ratioMax}`
      const isReached = verdict.ratio < ratioMax
      rows.push({ measure, comparedWith: 'node -e 0', ...verdict, unit: 'ms', goal, isReached })
    }
    return rows
  })

function startedOf(bundled: string): Started[] {
  const node = process.execPath
  const methodic = join(METHODIC, 'bin', 'methodic')
  const keywright = [node, KEYWRIGHT]
  const version = { says: /^\d+\.\d+\.\d+\n$/, ratioMax: VERSION_GOAL }
  const notLoggedIn = { says: /You are not logged in\./, ratioMax: COMMAND_GOAL }
  const offline = { says: /api_key +not set/, ratioMax: COMMAND_GOAL }
  return [
    { measure: 'keywright --version', command: [...keywright, '--version'], ...version },
    { measure: 'methodic --version', command: [methodic, '--version'], ...version },
    {
      measure: 'keywright status --offline',
      command: [...keywright, 'status', '--offline'],
      ...offline,
    },
    { measure: 'methodic auth status', command: [methodic, 'auth', 'status'], ...notLoggedIn },
    {
      measure: 'methodic auth status, bundled',
      command: [node, bundled, 'auth', 'status'],
      ...notLoggedIn,
    },
    {
      measure: 'methodic auth status, first start',
      command: [methodic, 'auth', 'status'],
      ...notLoggedIn,
      ratioMax: FIRST_GOAL,
      isFirst: true,
    },
  ]
}

/** As a product ships it: its own sources and the kit's in a few files of JavaScript. */
async function bundleMethodic(folder: string): Promise<string> {
  const build = await rolldown({ input: join(METHODIC, 'cli.ts'), platform: 'node' })
  await build.write({ dir: join(folder, 'bundle'), format: 'esm', entryFileNames: 'cli.mjs' })
  await build.close()
  const bin = join(folder, 'bundle', 'bin.mjs')
  const manifest = `new URL(${JSON.stringify(MANIFEST)})`
  const load = `() => import('./cli.mjs')`
  writeFileSync(
    bin,
    `import { start } from ${JSON.stringify(START)}
     await start({ name: 'methodic-bundled', manifest: ${manifest}, load: ${load} })`,
  )
  return bin
}

let homes = 0

/** The fastest of so many starts, in milliseconds: whatever else the machine does only ever adds. */
function roundOf(
  folder: string,
  started: Pick<Started, 'command' | 'says' | 'isFirst'>,
  starts: number,
): Round {
  return async () => {
    const times: number[] = []
    for (let count = 0; count < starts; count += 1) {
      if (started.isFirst === true) homes += 1
      const home = join(folder, `home-${homes}`)
      mkdirSync(home, { recursive: true })
      times.push(await startOnce(started, home))
    }
    return Math.min(...times)
  }
}

async function startOnce(
  { command: [program = '', ...args], says }: Pick<Started, 'command' | 'says'>,
  home: string,
): Promise<number> {
  const env = { PATH: process.env['PATH'], HOME: home }
  const startedMs = performance.now()
  const said = await new Promise<string>((resolve) => {
    execFile(program, args, { env }, (_, stdout, stderr) => resolve(stdout + stderr))
  })
  const tookMs = performance.now() - startedMs
  if (!says.test(said)) throw new Error(`${program} ${args.join(' ')} said: ${said}`)
  return tookMs
}
