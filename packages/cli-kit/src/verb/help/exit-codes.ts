import { EXIT } from '../../output/exit.ts'
import { EXIT_OF, type FailureCode } from '../../output/failure.ts'
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
export function explainExitCodes({ out, line }: Context): void {
  const names = Object.keys(EXIT) as (keyof typeof EXIT)[]
  const codes = Object.keys(EXIT_OF) as FailureCode[]
  const exitOf = (code: FailureCode): number => line.exits?.[code] ?? EXIT_OF[code]
  const exits = new Set([EXIT.ok, ...codes.map(exitOf)])
  const rows = [...exits]
    .toSorted((one, other) => one - other)
    .map((exit) => {
      const ending = codes.filter((code) => exitOf(code) === exit)
      // An exit of the product's own means what those of the kit would have meant that it stands for.
      const meant = names.filter(
        (name) => exit === EXIT[name] || ending.some((code) => EXIT_OF[code] === EXIT[name]),
      )
      return { exit, meaning: meant.map((name) => MEANING[name]).join('; '), codes: ending }
    })
  out.answer(
    rows,
    tableLines([
      ['EXIT', 'MEANS', 'CODES UNDER --json'],
      ...rows.map(({ exit, meaning, codes }) => [String(exit), meaning, codes.join(', ')]),
    ]),
  )
}
