import { setImmediate as turn } from 'node:timers/promises'

/** Asks again until the answer is there; the test's own time limit is the end of it. */
export async function until<Answer>(ask: () => Promise<Answer | undefined>): Promise<Answer> {
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    await turn()
  }
}
