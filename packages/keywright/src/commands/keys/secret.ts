/** Prints a new secret: alone on stdout, so that `KEY=$(keywright keys create …)` is it. */
import { Failure, type OwnContext } from '@keywright/cli-kit'
import type { WithSecret } from '../../client/answers.ts'

export function answerSecret(own: OwnContext, made: WithSecret): void {
  const { id, key, kind, resource, mode, expires_at } = made
  if (key === undefined) {
    // The first answer got lost on the way and the request was repeated.
    throw new Failure('failed', `${id} was made, and the answer with its secret was lost.`, {
      hint: `Get a new secret with \`keywright keys rotate ${id}\`.`,
    })
  }
  own.answer({ id, kind, resource, mode, expires_at, key }, [key])
}
