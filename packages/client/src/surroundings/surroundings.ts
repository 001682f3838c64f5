// What the client needs of the place where it runs. Every field can be given instead, which is how tests and unusual
// hosts work; defaults.ts finds them in Node, Bun, Deno and browsers.

import type * as Yaml from 'yaml'

/** What reading one file gave. Modes are null where they mean nothing, as on Windows. */
export type FileRead =
  | { readonly found: 'text'; readonly text: string; readonly mode: number | null }
  | { readonly found: 'nothing' }
  /** The folder cannot be looked into, so nobody knows whether the file exists. */
  | { readonly found: 'closed'; readonly code: string }
  /** The file exists and cannot be read. `code` as the system says it: EACCES, EISDIR. */
  | { readonly found: 'unreadable'; readonly code: string }

/** Reads small text files. Synchronous, so that `fromEnv()` can refuse before it returns. */
export interface FileReader {
  read(path: string): FileRead
  /** Takes every permission of group and others away; false when the system refuses. */
  makeOwnerOnly(path: string): boolean
  /** The parser, loaded when it is first needed; undefined when the package `yaml` is not there. */
  loadYaml(): typeof Yaml | undefined
}

/** What settings are found in. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  /** `process.platform`, or `browser`. */
  readonly platform: string
  readonly home: string | undefined
  /** The working folder, for profiles that are bound to folders. */
  readonly cwd: string | undefined
  /** Undefined where there is no file system. */
  readonly files: FileReader | undefined
}

/** What requests are made with. */
export interface Transport {
  readonly fetch: typeof fetch
  /** Wall time in epoch milliseconds, for `Retry-After` dates. */
  readonly now: () => number
  /** Resolves after so many milliseconds; rejects with the signal's reason when that comes first. */
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>
  /** At least 0 and below 1. */
  readonly random: () => number
  /** A new UUID, for idempotency keys. */
  readonly uuid: () => string
}
