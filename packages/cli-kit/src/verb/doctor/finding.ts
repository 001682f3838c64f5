/** One thing that `doctor` found. */
export interface Finding {
  /** Stable, for scripts. */
  readonly code: string
  readonly problem: string
  readonly fix: string
  /** Does it; undefined for what only the person can do. */
  readonly mend?: () => Promise<void>
}
