/**
 * `token create --send`: a one-time code for another machine instead of a token. The token is made when that machine
 * redeems the code, so it is in no argument, no history, no clipboard and no chat.
 */
import type { Api } from '../api/api.ts'
import { fieldsOf, textOf } from '../api/read-answer.ts'
import { Failure } from '../output/failure.ts'
import type { Json } from '../output/output.ts'
import { commandText } from '../session/command-text.ts'
import type { Context } from '../session/context.ts'
import { shellWord } from '../session/shell-word.ts'

interface Sender {
  readonly api: Api
  readonly server: string
}

export async function sendToken(
  context: Context,
  { api, server }: Sender,
  body: Readonly<Record<string, Json>> & { readonly name: string },
): Promise<void> {
  const { brand, out } = context
  const { createPickup } = brand.routes
  if (createPickup === undefined) throw new Error('there is no route for pick-ups')
  const made = fieldsOf(await api.call(createPickup, { body }))
  const code = textOf(made, 'pickup_code')
  if (code === undefined) {
    // The first answer got lost on the way and the request was repeated.
    throw new Failure('failed', 'The server made a code and did not say it.', {
      hint: 'It ends by itself; run the command again.',
    })
  }
  const until = textOf(made, 'expires_at')
  const command = commandThere(context, server)
  const { name } = body
  const end = until === undefined ? '' : `, until ${until}`
  out.note(`On the other machine run \`${command}\` and type this code. It works once${end}.`)
  out.answer({ id: textOf(made, 'id') ?? null, name, code, expires_at: until ?? null, command }, [
    code,
  ])
}

/** What is run on the other machine, which knows this server only when it is the product's own. */
function commandThere(context: Context, server: string): string {
  const login = `${commandText(context, 'login') ?? `${context.line.name} login`} --pickup`
  const isKnown = server === context.brand.server.default
  return isKnown ? login : `${login} --server-url ${shellWord(server)}`
}
