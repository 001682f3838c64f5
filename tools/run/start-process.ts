/**
 * Starts a server of this repository as a process of its own, for tests: waits for its line
 * `NAME listening on URL`, tees all it writes into a sink of the canary scan, ends it by signal. It never outlives its test.
 */
import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { openSink } from '../canary/registry.ts'

const LISTENING = /^(\S+) listening on (http:\/\/\S+)$/

/** A server that listens. */
export interface RunningProcess {
  readonly url: string
  /** What it printed before it listened, and that line. */
  readonly lines: readonly string[]
  /** Sends a signal and waits for the end: the exit code, or null when the signal ended it. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/**
 * @param args of node, the script first
 * @param env added to a minimal environment: nothing of the machine's settings reaches the server
 */
export async function startProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<RunningProcess> {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, args, {
    env: { PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const sink = createWriteStream(openSink(args[0] ?? 'process'))
  child.stdout.pipe(sink, { end: false })
  child.stderr.pipe(sink, { end: false })
  const errors: string[] = []
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk.toString()))
  // Not `exit`: output may still be under way then.
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => sink.end(() => resolve(code)))
  })

  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })

  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    const [, , url] = LISTENING.exec(line) ?? []
    if (url === undefined) continue
    // The pipe into the sink goes on; a reader that left must not hold it up.
    child.stdout.resume()
    const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> => {
      child.kill(signal)
      return ended
    }
    return { url, lines, stop }
  }
  throw new Error(`${args[0]} ended with ${await ended} before it listened: ${errors.join('')}`)
}
