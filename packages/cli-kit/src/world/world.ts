/**
 * Everything a command line sees of the process it runs in. It is handed down as one value, so a test can be a
 * terminal, another platform or a machine without a browser; only process-world.ts fills it from Node's own process.
 */
import type { FileReader } from '@keywright/client'

/** Where a person's answers and piped secrets come from. */
export interface Input extends NodeJS.ReadableStream {
  readonly isTTY?: boolean
  /** Terminals only: no echo, each key at once, Ctrl-C as a character. */
  setRawMode?(isRaw: boolean): unknown
}

/** Where data (stdout) or talk (stderr) goes. */
export interface Printer {
  readonly isTTY?: boolean
  /** How wide a terminal is. */
  readonly columns?: number
  write(text: string): unknown
}

export interface RunningProgram {
  /** `shared`: this terminal's; `none`: it reads nothing and says nothing. */
  readonly streams: 'shared' | 'none'
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  /**
   * Makes what comes to the environment, when nothing can end this process any more without what comes after the program:
   * a program that is ended in the meantime is not started, and counts as ended by that signal.
   */
  readonly prepare?: () => Promise<Readonly<Record<string, string | undefined>>>
}

export interface World {
  /** Arguments after the program's name. */
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The person's home folder. */
  readonly home: string
  /** The folder that the command was started in. */
  readonly folder: string
  /** Who is at which machine: names a login so that it can be told from others and revoked alone. */
  readonly user: string
  readonly hostName: string
  /** The number of the user that this runs as; undefined on Windows. */
  readonly userId: number | undefined
  readonly processId: number
  readonly stdin: Input
  readonly stdout: Printer
  readonly stderr: Printer
  /** Aborted by Ctrl-C outside of raw mode. */
  readonly interrupted: AbortSignal
  readonly fetch: typeof globalThis.fetch
  /** How the client reads settings files. */
  readonly files: FileReader | undefined
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after the time, or rejects when the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
  random(length: number): Uint8Array
  /** Whether a process of this machine is running. */
  isRunning(processId: number): boolean
  /** Whether something is there; for looking at the machine, never before reading or writing. */
  exists(path: string): boolean
  /**
   * Runs a program without a shell until it ends, at this terminal or silently. Its exit code, 128 and the number of the
   * signal that ended it, or undefined when it cannot be started. Ctrl-C at the terminal is the program's while it runs.
   */
  run(program: string, args: readonly string[], how: RunningProgram): Promise<number | undefined>
  /** Starts a program without a shell and lets it go; false when it cannot be started. */
  launch(program: string, args: readonly string[]): Promise<boolean>
}
