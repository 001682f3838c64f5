import { EXIT } from '../../output/exit.ts'
import { EXIT_OF } from '../../output/failure.ts'
import { tableLines } from '../../output/table.ts'
import type { Context } from '../../session/context.ts'

const MEANING: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: 'done',
  failed: 'failed',
  usage: 'the command line is wrong',
  rejected: 'not logged in, or rejected (401)',
  forbidden: 'not allowed (403)',
  notFound: 'not found',
  limited: 'rate limit or quota (429)',
  unreachable: 'the network, or no answer in time',
  pending: 'a login that was begun waits for its approval',
  interrupted: 'Ctrl-C',
}

/** The exit codes, each with the error codes of `--json` that end with it. */
export function explainExitCodes({ out }: Context): void {
  const rows = (Object.keys(EXIT) as (keyof typeof EXIT)[]).map((name) => {
    const codes = Object.entries(EXIT_OF).filter(([, exit]) => exit === EXIT[name])
    return { exit: EXIT[name], meaning: MEANING[name], codes: codes.map(([code]) => code) }
  })
  out.answer(
    rows,
    tableLines([
      ['EXIT', 'MEANS', 'CODES UNDER --json'],
      ...rows.map(({ exit, meaning, codes }) => [String(exit), meaning, codes.join(', ')]),
    ]),
  )
}
