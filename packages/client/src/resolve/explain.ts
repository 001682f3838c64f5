// What `explain()`, `auth why` and `auth status` show: where each value comes from and what it hides. No secrets.

import { describeSource } from './describe.ts'
import type { SealedIn } from '../sealed/store.ts'
import type { Candidate, ConfigProblem, Resolution } from './resolution.ts'

/** One place of a value, ready to be shown. */
export interface ExplainedValue {
  /** Masked when it is a secret. */
  readonly value: string
  /** `CHRONICLE_API_KEY`, `~/.methodic/credentials.yaml:3`, `default`. */
  readonly source: string
  readonly problem: string | undefined
  /** Where the key of a sealed credential is. */
  readonly sealed?: SealedIn
}

export interface ExplainedSetting {
  readonly setting: string
  /** What counts; undefined when nothing does. */
  readonly winner: ExplainedValue | undefined
  /** What was found too and does not count, in the order in which it would. */
  readonly shadowed: readonly ExplainedValue[]
}

/** Everything that settings were resolved from, as plain data without secrets. */
export interface Explanation {
  readonly settings: readonly ExplainedSetting[]
  readonly problems: readonly ConfigProblem[]
  readonly warnings: readonly string[]
  readonly files: Resolution['files']
  readonly profile: string | undefined
}

/** @param home shortens paths below it to `~` */
export function explainResolution(resolution: Resolution, home?: string): Explanation {
  const explained = ({ shown, source, problem, sealed }: Candidate): ExplainedValue => ({
    value: shown,
    source: describeSource(source, home),
    problem,
    ...(sealed && { sealed }),
  })
  return {
    settings: resolution.settings.map(({ setting, winner, shadowed }) => ({
      setting: setting.name,
      winner: winner && explained(winner),
      shadowed: shadowed.map(explained),
    })),
    problems: resolution.problems,
    warnings: resolution.warnings,
    files: resolution.files,
    profile: resolution.profile,
  }
}
