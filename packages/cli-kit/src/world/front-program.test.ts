import { spawnSync } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import { expect, test } from 'vitest'
import { FrontProgram } from './front-program.ts'

const SILENT = { streams: 'none', env: { PATH: process.env['PATH'] } } as const
const SHARED = { ...SILENT, streams: 'shared' } as const

/** A process whose signals a test sends. */
function ownProcess(isTTY = false) {
  const signals = new EventEmitter()
  const own = Object.assign(signals, { stdin: { isTTY } }) as unknown as NodeJS.Process
  return { signals, front: new FrontProgram(own) }
}

test('a program ends with its own exit code', async () => {
  const { front } = ownProcess()
  expect(await front.run('sh', ['-c', 'exit 7'], SILENT)).toBe(7)
  expect(await front.run('sh', ['-c', 'exit 0'], SHARED)).toBe(0)
})

test('what a signal ended counts as shells count it', async () => {
  expect(await ownProcess().front.run('sh', ['-c', 'kill -INT $$'], SILENT)).toBe(130)
})

test('a program that is not there cannot be started', async () => {
  expect(await ownProcess().front.run('no-such-program', [], SHARED)).toBe(undefined)
})

test('a program has the environment that it is given and no other', async () => {
  const how = { streams: 'none', env: { PATH: process.env['PATH'], SEEN: 'yes' } } as const
  const asks = 'test "$SEEN" = yes && test -z "$HOME"'
  expect(await ownProcess().front.run('sh', ['-c', asks], how)).toBe(0)
})

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'])(
  '%s from outside goes to the program, and nothing listens afterwards',
  async (signal) => {
    const { signals, front } = ownProcess()
    const ended = front.run('sleep', ['60'], SHARED)
    expect(front.isRunning).toBe(true)
    signals.emit(signal, signal)
    expect(await ended).toBeGreaterThan(128)
    expect([front.isRunning, signals.eventNames()]).toEqual([false, []])
  },
)

test('at a terminal Ctrl-C reaches the program by itself, and is not sent twice', async () => {
  const { signals, front } = ownProcess(true)
  const count = 'i=0; while [ $i -lt 50000 ]; do i=$((i+1)); done; exit 3'
  const ended = front.run('sh', ['-c', count], SHARED)
  await new Promise(setImmediate)
  signals.emit('SIGINT', 'SIGINT')
  expect(await ended).toBe(3)
})

test.each(['SIGTERM', 'SIGHUP', 'SIGINT'] as const)(
  '%s while a program is prepared keeps it from being started, and what was prepared is known',
  async (signal) => {
    const { signals, front } = ownProcess(signal === 'SIGINT')
    let isPrepared = false
    const prepare = async () => {
      signals.emit(signal, signal)
      isPrepared = true
      return {}
    }
    const exit = await front.run('sh', ['-c', 'exit 3'], { ...SHARED, prepare })
    expect({ exit, isPrepared }).toEqual({
      exit: 128 + constants.signals[signal],
      isPrepared: true,
    })
    expect([front.isRunning, signals.eventNames()]).toEqual([false, []])
  },
)

test('a program that ends its starter at once does not keep what comes after it from being done', async () => {
  const script = `
    import { FrontProgram } from ${JSON.stringify(new URL('front-program.ts', import.meta.url).href)}
    const how = { streams: 'shared', env: process.env }
    const exit = await new FrontProgram(process).run('sh', ['-c', 'kill -TERM $PPID; wait'], how)
    console.log('after', exit)`
  const args = ['--input-type=module-typescript', '--eval', script]
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect(stdout).toMatch(/^after \d+\n$/)
})
