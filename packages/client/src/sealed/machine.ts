// What sealing needs of the machine: ciphers, randomness, a clock for limits, and the tools that speak to a keychain.
// Synchronous, as `fromEnv()` is.

import type { Surroundings } from '../surroundings/surroundings.ts'

type Crypto = ReturnType<typeof process.getBuiltinModule<'node:crypto'>>

/** How a tool ended. */
export type ToolRun =
  | {
      readonly ended: 'by itself'
      readonly code: number
      readonly stdout: string
      readonly stderr: string
    }
  /** It was killed at the limit. */
  | { readonly ended: 'late' }
  | { readonly ended: 'absent' }
  /** The system does not let this program start it. `code` as the system says it: EACCES. */
  | { readonly ended: 'not started'; readonly code: string }

export interface ToolCall {
  readonly args: readonly string[]
  /** Its standard input: where a secret goes, which arguments would show to everybody on the machine. */
  readonly input: string
  readonly env: Surroundings['env']
  readonly limitMs: number
}

export interface Machine {
  readonly crypto: Pick<Crypto, 'createCipheriv' | 'createDecipheriv' | 'randomBytes'>
  /** Milliseconds of a clock that nobody sets. */
  readonly now: () => number
  /** Starts a tool of the PATH without a shell, waits for its end, and kills it at the limit. */
  readonly run: (tool: string, call: ToolCall) => ToolRun
}
