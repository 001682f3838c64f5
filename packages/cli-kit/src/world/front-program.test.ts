import { EventEmitter } from 'node:events'
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
  const ended = front.run('true', [], SHARED)
  expect(signals.eventNames()).toEqual(['SIGTERM', 'SIGHUP'])
  expect(await ended).toBe(0)
})
