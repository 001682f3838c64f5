// A tool of the system with a limit for all of its calls together, so that three slow answers are not three limits long.

import type { Machine, ToolRun } from '../sealed/machine.ts'
import type { Surroundings } from '../surroundings/surroundings.ts'
import type { KeychainFault } from './keychain.ts'

/** Starts it with these arguments and this input. */
export type LimitedTool = (name: string, args: readonly string[], input?: string) => ToolRun

export function limitTool(
  { run, now }: Machine,
  { env, limitMs }: { readonly env: Surroundings['env']; readonly limitMs: number },
): LimitedTool {
  const start = now()
  return (name, args, input = '') => {
    const left = Math.ceil(limitMs - (now() - start))
    return left > 0 ? run(name, { args, input, env, limitMs: left }) : { ended: 'late' }
  }
}

/** What it means that a tool did not come to its own end. */
export function faultOf(
  run: Exclude<ToolRun, { readonly ended: 'by itself' }>,
  { tool, install }: { readonly tool: string; readonly install: string },
): KeychainFault {
  switch (run.ended) {
    case 'late':
      return {
        code: 'store_timed_out',
        why: `the keychain did not answer in time, and ${tool} was stopped`,
        fix: 'see whether it waits for somebody to unlock it',
      }
    case 'absent':
      return {
        code: 'store_unavailable',
        why: `there is no keychain to ask: ${tool} is not installed`,
        fix: install,
      }
    case 'not started':
      return {
        code: 'store_unavailable',
        why: `there is no keychain to ask: ${tool} could not be started (${run.code})`,
        fix: `let this program start ${tool}`,
      }
  }
}
