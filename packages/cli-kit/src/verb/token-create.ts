/** `token create`: a new token, printed once and alone, so that `TOK=$(… token create --name x)` is the token. */
import type { Api } from '../api/api.ts'
import { askIdentity } from '../api/identity.ts'
import { fieldsOf } from '../api/read-answer.ts'
import { secretIn } from '../api/token.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { durationOf } from '../session/duration.ts'
import { fillIn } from '../session/texts.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'
import { sendToken } from './token-send.ts'

export async function createToken(context: Context, { flags }: Given): Promise<void> {
  const { brand, out } = context
  const { name, scope, expires, send } = flags
  if (typeof name !== 'string' || name.trim() === '') {
    throw new Failure('usage', 'A token needs a name.', { hint: 'Say --name, as --name laptop.' })
  }
  const { api, login } = openSession(context)
  const body = {
    ...(await tokenFields(context, api)),
    name,
    ...(typeof scope === 'string' && { scopes: scopesOf(scope) }),
    ...(typeof expires === 'string' && { expires_in: durationOf(expires) }),
  }
  if (send === true) return sendToken(context, { api, server: login.server }, body)
  const made = fieldsOf(await api.call(brand.routes.createKey, { body }))
  const secret = secretIn(made, name)
  const { id, expires_at } = made
  out.note(`Made ${name}. It is shown once.`)
  out.answer(
    {
      id: typeof id === 'string' ? id : null,
      name,
      token: secret,
      expires_at: typeof expires_at === 'string' ? expires_at : null,
    },
    [secret],
  )
}

/** Scopes as people write them, with commas between them. */
export function scopesOf(text: string): readonly string[] {
  return text.split(',').map((each) => each.trim())
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
