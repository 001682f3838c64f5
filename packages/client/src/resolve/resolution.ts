// What resolving the settings of a brand gives: every value that was found with its place, so that the client, its
// `explain()`, a command line's `status` and the text of a 401 can never tell different stories.

import type { CredentialFunction } from '../brand/brand.ts'
import type { SealedIn } from '../sealed/store.ts'
import type { StoreTroubleCode } from '../sealed/trouble.ts'
import type { Setting, SettingValue } from '../setting/setting.ts'

/** One place where a value was found. */
export type Source =
  /** `name` is what the caller wrote: `apiKey`, `--api-key`. */
  | { readonly layer: 'argument'; readonly name: string }
  | { readonly layer: 'environment'; readonly variable: string }
  | {
      readonly layer: 'files'
      readonly path: string
      readonly line: number | undefined
      /** The profile or host the value belongs to, in layouts that have them. */
      readonly section: string | undefined
    }
  | { readonly layer: 'default' }

/** A value at a place. `problem` says why it cannot be used, without repeating a secret. */
export interface Candidate {
  readonly source: Source
  readonly value: SettingValue | CredentialFunction | undefined
  /** The value as it may be shown: secrets masked. */
  readonly shown: string
  readonly problem: string | undefined
  /** Where its key is, when it lies sealed in a file. */
  readonly sealed?: SealedIn
  /** Why it could not be opened, with the fix. */
  readonly trouble?: ConfigProblem
}

/** Everything found for one setting, highest precedence first: the winner, then those it shadows. */
export interface ResolvedSetting {
  readonly setting: Setting
  readonly winner: Candidate | undefined
  readonly shadowed: readonly Candidate[]
}

/** One thing that keeps the client from working, and what to do about it. */
export interface ConfigProblem {
  readonly code: ConfigProblemCode
  /** What happened and why, in one sentence. */
  readonly problem: string
  readonly fix: string
  /** The place as text: `CHRONICLE_TIMEOUT`, `~/.methodic/config.yaml:3`. */
  readonly place: string | undefined
  /** The setting that is missing, for whoever knows other ways to give it than a program has. */
  readonly setting?: string
}

export type ConfigProblemCode =
  | 'missing_setting'
  | 'invalid_setting'
  | 'exclusive_settings'
  | 'foreign_credential'
  | 'insecure_server'
  | 'unsafe_file'
  | 'unreadable_file'
  | 'malformed_file'
  | 'unknown_profile'
  | 'unknown_organization'
  | StoreTroubleCode

/** The outcome of resolving; never thrown. With problems the client must not start. */
export interface Resolution {
  readonly settings: readonly ResolvedSetting[]
  readonly problems: readonly ConfigProblem[]
  /** What is odd and stops nothing: a name no setting has, permissions that were repaired. */
  readonly warnings: readonly string[]
  /** The files that were looked at, in the order of their precedence. */
  readonly files: readonly { readonly path: string; readonly exists: boolean }[]
  /** The profile that counts, in a layout that has them. */
  readonly profile: string | undefined
}
