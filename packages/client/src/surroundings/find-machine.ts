// What a program that seals finds around it, beyond defaults.ts: a file of its own, so that others have none of it.

import type { Machine, ToolRun } from '../sealed/machine.ts'

/** The machine of this program; undefined where there are no modules of Node, as in browsers. */
export function findMachine(): Machine | undefined {
  const host = (globalThis as { readonly process?: typeof process }).process
  if (typeof host?.getBuiltinModule !== 'function') return undefined
  return {
    crypto: host.getBuiltinModule('node:crypto'),
    now: () => performance.now(),
    run(tool, { args, input, env, limitMs }) {
      const { spawnSync } = host.getBuiltinModule('node:child_process')
      try {
        const ran = spawnSync(tool, args, {
          input,
          env,
          encoding: 'utf8',
          timeout: limitMs,
          // One that hangs may well not listen to a polite signal.
          killSignal: 'SIGKILL',
          windowsHide: true,
        })
        const { status, stdout, stderr } = ran
        if (ran.error !== undefined) return notRun(ran.error)
        return { ended: 'by itself', code: status ?? -1, stdout, stderr }
      } catch (error) {
        // Deno asks its user before a program starts another, and throws when the answer is no.
        return notRun(error)
      }
    },
  }
}

function notRun(error: unknown): ToolRun {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'not allowed'
  if (code === 'ETIMEDOUT') return { ended: 'late' }
  return code === 'ENOENT' ? { ended: 'absent' } : { ended: 'not started', code }
}
