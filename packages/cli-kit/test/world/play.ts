// Plays one call of a command line in process, over a real folder: what it is given, and what is there afterwards.

import { randomFillSync } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
} from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { PassThrough } from 'node:stream'
import { setTimeout as wait } from 'node:timers/promises'
import { onTestFinished } from 'vitest'
import { runCommandLine } from '../../src/run.ts'
import type { CommandLine } from '../../src/tree/command-line.ts'
import { findSurroundings } from '@keywright/client'
import { FrontProgram } from '../../src/world/front-program.ts'
import type { World } from '../../src/world/world.ts'

/** A file before a call: its text, and its mode where that matters. */
export type FileBefore = string | { readonly text: string; readonly mode: number }

export interface Play {
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** What a person types, all at once; that they can type makes this a terminal. */
  readonly typed?: string
  /** What is piped in. */
  readonly piped?: string
  readonly world?: Partial<World>
}

export interface Played {
  readonly exit: number
  readonly stdout: string
  readonly stderr: string
}

/** A home folder of its own, and calls that share it. */
export class Home {
  readonly path: string

  constructor() {
    // In a folder of its own: what plays Windows here joins with a backslash, and so writes beside it.
    const around = mkdtempSync(join(tmpdir(), 'cli-kit-'))
    // A test may give the home folder to somebody else, who has to come through.
    chmodSync(around, 0o711)
    this.path = join(around, 'home')
    mkdirSync(this.path, { mode: 0o700 })
    onTestFinished(() => rm(around, { recursive: true, force: true }))
  }

  /** Puts files there, by their path below the home folder. */
  async put(files: Readonly<Record<string, FileBefore>>): Promise<void> {
    for (const [name, before] of Object.entries(files)) {
      const path = join(this.path, name)
      const { text, mode } = typeof before === 'string' ? { text: before, mode: 0o600 } : before
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await writeFile(path, text, { mode })
    }
  }

  /** Every file below the home folder with its mode, as `600 .methodic/credentials.yaml`. */
  files(): string[] {
    return readdirSync(this.path, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name)
        return `${(statSync(path).mode & 0o777).toString(8)} ${relative(this.path, path)}`
      })
      .toSorted()
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8')
  }

  modeOf(name: string): string {
    return (statSync(join(this.path, name)).mode & 0o777).toString(8)
  }

  async play(line: CommandLine, play: Play): Promise<Played> {
    const stdout: string[] = []
    const stderr: string[] = []
    const isTerminal = play.typed !== undefined
    const world: World = {
      args: play.args,
      env: { HOME: this.path, ...play.env },
      platform: 'linux',
      home: this.path,
      folder: this.path,
      user: 'jane',
      hostName: hostname(),
      userId: process.geteuid?.(),
      processId: process.pid,
      stdin: inputOf(play),
      stdout: { isTTY: false, write: (text) => stdout.push(text) },
      stderr: { isTTY: isTerminal, write: (text) => stderr.push(text) },
      interrupted: new AbortController().signal,
      fetch: (input, init) => fetch(input, init),
      files: findSurroundings().files,
      now: () => Date.now(),
      wait: (milliseconds, signal) => wait(milliseconds, undefined, { signal }),
      random: (length) => randomFillSync(new Uint8Array(length)),
      isRunning: (processId) => processId === process.pid,
      exists: existsSync,
      run: (program, args, how) => new FrontProgram(process).run(program, args, how),
      launch: () => Promise.resolve(false),
      ...play.world,
    }
    const exit = await runCommandLine(line, world)
    const shown = (parts: readonly string[]): string => parts.join('').replaceAll(this.path, '~')
    return { exit, stdout: shown(stdout), stderr: shown(stderr) }
  }
}

function inputOf({ typed, piped }: Play): World['stdin'] {
  const stream = new PassThrough()
  if (typed !== undefined) {
    stream.write(typed)
    return Object.assign(stream, { isTTY: true, setRawMode: () => stream })
  }
  stream.end(piped ?? '')
  return stream
}
