/**
 * `token create`: a new token, printed once and alone, so that `TOK=$(… token create --name x)` is the token, or written to a
 * new file.
 */
import type { Api } from '../api/api.ts'
import { askIdentity } from '../api/identity.ts'
import { fieldsOf, textOf } from '../api/read-answer.ts'
import { secretIn } from '../api/token.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { durationOf } from '../session/duration.ts'
import { fillIn } from '../session/texts.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'
import { createInFile } from './token-in-file.ts'
import { sendToken } from './token-send.ts'

export async function createToken(context: Context, { flags }: Given): Promise<void> {
  const { brand, out } = context
  const { scope, expires, output, send } = flags
  const name = checkedName(flags)
  const { api, login } = openSession(context)
  const body = {
    ...(await tokenFields(context, api)),
    name,
    ...(typeof scope === 'string' && { scopes: scopesOf(scope) }),
    ...(typeof expires === 'string' && { expires_in: durationOf(expires) }),
  }
  if (send === true) return sendToken(context, { api, server: login.server }, body)
  if (typeof output === 'string') return createInFile(context, { api, body, name, output })
  const made = fieldsOf(await api.call(brand.routes.createKey, { body }))
  const secret = secretIn(made, name)
  out.note(`Made ${name}. It is shown once.`)
  const id = textOf(made, 'id') ?? null
  const expires_at = textOf(made, 'expires_at') ?? null
  out.answer({ id, name, token: secret, expires_at }, [secret])
}

/** @throws Failure `usage` when there is no name, or when the token would go to two places */
function checkedName({ name, output, send }: Given['flags']): string {
  if (typeof name !== 'string' || name.trim() === '') {
    throw new Failure('usage', 'A token needs a name.', { hint: 'Say --name, as --name laptop.' })
  }
  if (send === true && output !== undefined) {
    throw new Failure('usage', 'A token goes to one place: --send and --output exclude each other.')
  }
  return name
}

/** Scopes as people write them, with commas between them. */
export function scopesOf(text: string): readonly string[] {
  return [...new Set(text.split(',').map((each) => each.trim()))]
}

/** The product's own fields, the person's space filled in where one of them names it. */
export async function tokenFields(
  { line, brand }: Context,
  api: Api,
): Promise<Readonly<Record<string, string>>> {
  const fields = line.tokenFields ?? {}
  if (!Object.values(fields).some((value) => value.includes('{personal}'))) return fields
  const { space } = await askIdentity(api, brand)
  if (space === undefined) {
    throw new Failure('forbidden', 'The credential belongs to no person, so it has no tokens.')
  }
  const filled = Object.entries(fields).map(([name, value]) => [
    name,
    fillIn(value, { personal: space }),
  ])
  return Object.fromEntries(filled) as Record<string, string>
}
