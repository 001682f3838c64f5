// How the story is told: lines of text, the same on every runtime.

import type { Explanation } from '@keywright/client'

export type Say = (line: string) => void

/** What a call fails with. A story whose call succeeds instead says so. */
export async function failureOf(
  call: PromiseLike<unknown> | (() => Promise<unknown>),
): Promise<unknown> {
  try {
    await (typeof call === 'function' ? call() : call)
    return 'no failure'
  } catch (error) {
    return error
  }
}

/** Each setting with what counts and what that hides, and what was noticed. */
export function explained({ settings, warnings, problems }: Explanation): string[] {
  return [
    ...settings.map(({ setting, winner, shadowed }) => {
      const hidden = shadowed.map(({ value, source }) => `, hides ${value} of ${source}`).join('')
      return `${setting}: ${winner === undefined ? 'none' : `${winner.value} of ${winner.source}`}${hidden}`
    }),
    ...warnings.map((warning) => `warning: ${warning}`),
    ...problems.map(({ code, problem }) => `${code}: ${problem}`),
  ]
}
