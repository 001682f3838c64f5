/** A program that a command runs and waits for. While it runs, the terminal's Ctrl-C is its own. */
import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { RunningProgram } from './world.ts'

/** What ends this process from outside is handed on, so that what comes after the program is still done. */
const HANDED_ON = ['SIGTERM', 'SIGHUP', 'SIGINT'] as const

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
    { streams, env, prepare }: RunningProgram,
  ): Promise<number | undefined> {
    if (streams === 'none') return ended(spawn(program, args, { stdio: 'ignore', env }))
    const ending = new Ending(this.#own.stdin.isTTY === true)
    // Before there is a program: it may be quick to signal, and what is prepared has to be undone.
    for (const signal of HANDED_ON) this.#own.on(signal, ending.take)
    this.#count += 1
    try {
      const whole = { ...env, ...(await prepare?.()) }
      if (ending.early !== undefined) return SIGNALLED + constants.signals[ending.early]
      const child = spawn(program, args, { stdio: 'inherit', env: whole })
      ending.child = child
      return await ended(child)
    } finally {
      this.#count -= 1
      for (const signal of HANDED_ON) this.#own.off(signal, ending.take)
    }
  }
}

/** Where a signal goes: to the program, or, when there is none yet, into the books. */
class Ending {
  readonly #isTerminal: boolean
  child: ChildProcess | undefined
  early: NodeJS.Signals | undefined

  constructor(isTerminal: boolean) {
    this.#isTerminal = isTerminal
  }

  readonly take = (signal: NodeJS.Signals): void => {
    if (this.child === undefined) this.early ??= signal
    // A terminal sends Ctrl-C to the program itself; without one nobody else would.
    else if (signal !== 'SIGINT' || !this.#isTerminal) this.child.kill(signal)
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
