// The runner of the example: an instance is a child process on this machine. It gets what it needs by its environment,
// which other users cannot read; nothing of it stands in its arguments or in a log. A server that is stopped ends its
// instances.

import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { keepLog } from './log.ts'

/** How long an instance may go on by itself: after its run is finished, and after it was told to end. */
const GRACE_MS = 5000

export interface RunnerOptions {
  /** The program: a module that Node runs. */
  readonly worker: string
  /** Folder of the instances' output, one file each. */
  readonly logs: string
  /** Milliseconds; default 5000. */
  readonly graceMs?: number
  /** Takes a line about what failed on our side. */
  readonly log?: (line: string) => void
}

/** What is started. */
export interface Start {
  /** Names it and its log. */
  readonly id: string
  /** The run's whole resource name; it has one living instance at most. */
  readonly run: string
  readonly environment: Readonly<Record<string, string>>
  /** Called once, when the process is over: `exit 0`, or the signal that ended it. */
  readonly onEnd: (ending: string) => Promise<void>
}

interface Living {
  readonly run: string
  readonly child: ChildProcess
  /** Resolves when everything about its end is done. */
  readonly over: Promise<void>
}

export class Runner {
  readonly #worker: string
  readonly #logs: string
  readonly #graceMs: number
  readonly #log: (line: string) => void
  readonly #living = new Map<string, Living>()

  constructor({ worker, logs, graceMs = GRACE_MS, log = () => {} }: RunnerOptions) {
    this.#worker = worker
    this.#logs = logs
    this.#graceMs = graceMs
    this.#log = log
    mkdirSync(logs, { recursive: true, mode: 0o700 })
  }

  /** Starts an instance. @throws what the system says when there can be no process; `onEnd` is not called then */
  async start({ id, run, environment, onEnd }: Start): Promise<void> {
    const home = join(this.#logs, `${id}.home`)
    const child = await this.#launch(home, environment)
    const logged = keepLog(join(this.#logs, `${id}.log`), [child.stdout, child.stderr])
    const over = once(child, 'exit')
      .then(([code, signal]) => onEnd(signal === null ? `exit ${String(code)}` : String(signal)))
      .catch((error: unknown) => this.#log(`instance ${id}: ${String(error)}`))
      .then(() => this.#drain(child, logged))
      .finally(() => {
        rmSync(home, { recursive: true, force: true })
        this.#living.delete(id)
      })
    this.#living.set(id, { run, child, over })
  }

  // With a home of its own: settings of whoever runs the server are none of an instance's.
  async #launch(home: string, environment: Start['environment']) {
    const { PATH = '' } = process.env
    mkdirSync(home, { mode: 0o700 })
    try {
      const child = spawn(process.execPath, [this.#worker], {
        env: { PATH, HOME: home, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      await once(child, 'spawn')
      return child
    } catch (error) {
      rmSync(home, { recursive: true })
      throw error
    }
  }

  /** Its run is over: an instance that does not end by itself within the grace is ended. */
  wind(run: string): void {
    for (const living of this.#living.values()) {
      if (living.run !== run) continue
      const timer = setTimeout(() => void this.#end(living), this.#graceMs).unref()
      void living.over.finally(() => clearTimeout(timer))
    }
  }

  /** Ends every instance, and resolves when all are over. */
  async stop(): Promise<void> {
    await Promise.all([...this.#living.values()].map((living) => this.#end(living)))
  }

  async #end({ child, over }: Living): Promise<void> {
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), this.#graceMs)
    await over.finally(() => clearTimeout(timer))
  }

  // The last of the output comes after the end; a process that the instance left behind may hold it open for good.
  async #drain({ stdout, stderr }: ChildProcess, logged: Promise<void>): Promise<void> {
    const timer = setTimeout(() => {
      stdout?.destroy()
      stderr?.destroy()
    }, this.#graceMs)
    await logged.finally(() => clearTimeout(timer))
  }
}
