/**
 * The roof of a command line that runs for real: the one file of this package that reads Node's own process.
 */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { homedir, hostname, userInfo } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { EXIT } from '../output/exit.ts'
import { findSurroundings } from '@keywright/client'
import { FrontProgram } from './front-program.ts'
import { systemFetch } from './network.ts'
import type { World } from './world.ts'

/** The world of this very process. A second Ctrl-C ends it at once, whatever a command is doing. */
export function processWorld(): World {
  const interruption = new AbortController()
  const front = new FrontProgram(process)
  process.on('SIGINT', () => {
    if (front.isRunning) return
    if (interruption.signal.aborted) process.exit(EXIT.interrupted)
    interruption.abort()
  })
  // A reader that has seen enough, as `| head -1`, ends the command without a stack.
  process.stdout.on('error', endUnwritten)
  process.stderr.on('error', endUnwritten)
  return {
    args: process.argv.slice(2),
    env: process.env,
    platform: process.platform,
    home: process.env['HOME'] || homedir(),
    folder: process.cwd(),
    user: userName(),
    hostName: hostname(),
    userId: process.geteuid?.(),
    processId: process.pid,
    // A getter: the first touch of stdin opens it, and most commands never read it.
    get stdin() {
      return process.stdin
    },
    stdout: process.stdout,
    stderr: process.stderr,
    interrupted: interruption.signal,
    fetch: systemFetch(process.env),
    files: findSurroundings().files,
    now: () => Date.now(),
    wait: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    isRunning,
    exists: existsSync,
    run: (program, args, how) => front.run(program, args, how),
    launch,
  }
}

function endUnwritten(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') process.exit(EXIT.ok)
  // What was to be data is lost, as on a full disk: nobody may take the rest for all of it.
  const why = `The output cannot be written (${error.code ?? 'unknown'}).\n`
  if (error.syscall === 'write' && process.stderr.writable) process.stderr.write(why)
  process.exit(EXIT.failed)
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // Containers run with user ids that have no name.
    return process.env['USER'] || process.env['LOGNAME'] || 'user'
  }
}

function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A missing program is an event and not an exception, so the listener is there before anything can happen. */
function launch(program: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true, shell: false })
    child.once('error', () => resolve(false))
    child.once('spawn', () => {
      child.unref()
      resolve(true)
    })
  })
}
