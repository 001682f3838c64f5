/** A program that a command runs and waits for. While it runs, the terminal's Ctrl-C is its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { RunningProgram } from './world.ts'

/** What ends this process from outside is handed on, so that what comes after the program is still done. */
const HANDED_ON = ['SIGTERM', 'SIGHUP'] as const

/** As shells count what a signal ended. */
const SIGNALLED = 128

/** The process that this runs in: its signals, and whether it has a terminal. */
type Own = Pick<NodeJS.Process, 'on' | 'off'> & { readonly stdin: { readonly isTTY?: boolean } }

export class FrontProgram {
  readonly #own: Own
  #count = 0

  constructor(own: Own) {
    this.#own = own
  }

  get isRunning(): boolean {
    return this.#count > 0
  }

  async run(
    program: string,
    args: readonly string[],
    { streams, env }: RunningProgram,
  ): Promise<number | undefined> {
    const stdio = streams === 'shared' ? 'inherit' : 'ignore'
    const child = spawn(program, args, { stdio, env, shell: false })
    if (streams === 'none') return ended(child)
    const handOn = (signal: NodeJS.Signals): void => void child.kill(signal)
    // A terminal sends Ctrl-C to the program itself; without one nobody else would.
    const signals = this.#own.stdin.isTTY ? HANDED_ON : [...HANDED_ON, 'SIGINT' as const]
    for (const signal of signals) this.#own.on(signal, handOn)
    this.#count += 1
    try {
      return await ended(child)
    } finally {
      this.#count -= 1
      for (const signal of signals) this.#own.off(signal, handOn)
    }
  }
}

function ended(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve) => {
    child.once('error', () => resolve(undefined))
    child.once('exit', (code, signal) => {
      resolve(code ?? SIGNALLED + (signal === null ? 0 : constants.signals[signal]))
    })
  })
}
