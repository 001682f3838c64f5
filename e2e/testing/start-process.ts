// Runs a real process for a story. Whatever it writes is teed into sinks for the canary scan, secrets it shows once
// are remembered, and it never outlives its test.

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { onTestFinished } from 'vitest'
import { openSink, rememberSecret } from '../../tools/canary/registry.ts'

export interface ProcessOptions {
  /** Names its sinks. */
  readonly name: string
  readonly command?: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** Besides PATH and HOME nothing is inherited. */
  readonly env?: Readonly<Record<string, string>>
  /** Called with each line that the process writes to its file descriptor 3. */
  readonly onReport?: (line: string) => void
  /** Ends it with its whole process group: for a command that starts others. */
  readonly isGroup?: boolean
}

interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

export interface RunningProcess {
  readonly pid: number
  readonly stdout: readonly string[]
  readonly stderr: readonly string[]
  /** Resolves when it has ended and everything it wrote is here. */
  readonly ended: Promise<Ended>
  /** The first line of stdout that matches, now or later. Rejects when the process ends without it. */
  line(pattern: RegExp): Promise<string>
  /** Writes a line to its stdin. */
  tell(line: string): void
  signal(signal: NodeJS.Signals): void
  /** SIGTERM, and its end. */
  stop(): Promise<Ended>
  /** SIGKILL, and its end. */
  kill(): Promise<Ended>
}

const SHOWN_ONCE = /\(shown once\): (\S+)/

export function startProcess(options: ProcessOptions): RunningProcess {
  const { name, command = process.execPath, args, cwd, env, onReport, isGroup = false } = options
  const child = spawn(command, args, {
    ...(cwd === undefined ? {} : { cwd }),
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
    stdio: ['pipe', 'pipe', 'pipe', onReport === undefined ? 'ignore' : 'pipe'],
    detached: isGroup,
  })
  const stdout: string[] = []
  const stderr: string[] = []
  const waiting: (() => void)[] = []
  const wake = (): void => waiting.splice(0).forEach((resume) => resume())
  tee(child.stdout as Readable, { sink: openSink(`${name} stdout`), lines: stdout, wake })
  tee(child.stderr as Readable, { sink: openSink(`${name} stderr`), lines: stderr, wake })
  if (onReport !== undefined) {
    createInterface({ input: child.stdio[3] as Readable }).on('line', onReport)
  }
  // What it cannot read any more is its own affair.
  child.stdin?.on('error', () => {})
  let isOver = false
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code, signal) => {
      isOver = true
      resolve({ code, signal })
      wake()
    })
  })
  const signal = (what: NodeJS.Signals): void => sendSignal(child, what, isGroup)
  onTestFinished(async () => {
    if (!isOver) signal('SIGKILL')
    await ended
  })
  return {
    pid: child.pid ?? 0,
    stdout,
    stderr,
    ended,
    async line(pattern) {
      for (;;) {
        const found = stdout.find((each) => pattern.test(each))
        if (found !== undefined) return found
        if (isOver) {
          throw new Error(`${name} ended without ${String(pattern)}:\n${stderr.join('\n')}`)
        }
        await new Promise<void>((resume) => waiting.push(resume))
      }
    },
    tell: (text) => void child.stdin?.write(`${text}\n`),
    signal,
    async stop() {
      signal('SIGTERM')
      return ended
    },
    async kill() {
      signal('SIGKILL')
      return ended
    },
  }
}

interface Tee {
  readonly sink: string
  readonly lines: string[]
  readonly wake: () => void
}

function tee(stream: Readable, { sink, lines, wake }: Tee): void {
  createInterface({ input: stream }).on('line', (line) => {
    const secret = SHOWN_ONCE.exec(line)?.[1]
    if (secret !== undefined) rememberSecret(secret)
    appendFileSync(sink, `${line}\n`)
    lines.push(line)
    wake()
  })
}

function sendSignal(child: ChildProcess, signal: NodeJS.Signals, isGroup: boolean): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  if (isGroup) process.kill(-child.pid, signal)
  else child.kill(signal)
}
