/** Exit codes, the same for text and JSON output. Scripts branch on them, so they never change their meaning. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  /** Not logged in, or the credential was rejected (401). */
  rejected: 4,
  forbidden: 5,
  notFound: 6,
  /** A rate limit or a quota (429). */
  limited: 7,
  /** Network or time-out. */
  unreachable: 8,
  /** A login that was begun waits for its approval. */
  pending: 9,
  /** Ctrl-C, as shells count it: 128 + SIGINT. */
  interrupted: 130,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]
