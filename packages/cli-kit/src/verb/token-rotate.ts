/** `token rotate`: a new secret for the same token, printed once and alone. A login with it goes on with the new one. */
import { fieldsOf, textOf } from '../api/read-answer.ts'
import { askTokens, findToken, isSecretOf, secretIn, titleOf } from '../api/token.ts'
import type { Context } from '../session/context.ts'
import { commandText } from '../session/command-text.ts'
import { durationOf } from '../session/duration.ts'
import { openSession } from '../session/open-session.ts'
import { storedPlaceOf } from '../session/place-text.ts'
import { type Login, settingOf } from '../session/resolved.ts'
import { placeOf } from '../store/choose-place.ts'
import type { Given } from '../tree/catalogue.ts'

export async function rotateToken(
  context: Context,
  { argument = '', flags }: Given,
): Promise<void> {
  const { brand, out } = context
  const { overlap } = flags
  const body = typeof overlap === 'string' ? { overlap: durationOf(overlap) } : {}
  const { api, login } = openSession(context)
  const token = findToken(await askTokens(api, brand), argument)
  const { id, name = null } = token
  const made = fieldsOf(await api.call(brand.routes.rotateKey, { params: { id }, body }))
  const secret = secretIn(made, titleOf(token))
  const until = textOf(made, 'previous_ends_at')
  out.answer({ id, name, token: secret, previous_ends_at: until ?? null }, [secret])
  const isCounting = body.overlap !== undefined && until !== undefined
  const earlier = isCounting ? ` The earlier one counts until ${until}.` : ''
  out.note(`Rotated ${titleOf(token)}. The new secret is shown once.${earlier}`)
  if (isSecretOf(token, login.credential)) await goOnWith(context, login, secret)
}

/** The secret that was rotated is that of this very login. */
async function goOnWith(context: Context, login: Login, secret: string): Promise<void> {
  const { brand, out } = context
  const source = settingOf(login.resolution, brand.credential.name)?.winner?.source
  const store = source?.layer === 'files' ? await context.store() : undefined
  if (store === undefined) {
    out.warn(`it is the token that you are logged in with, from ${login.source}; change it there.`)
    return
  }
  const place = storedPlaceOf(context, login.resolution)
  const isSealed = place === 'keyring' || place === 'encrypted-file'
  const chosen = isSealed ? await placeOf(context, place) : undefined
  if (chosen !== undefined && 'trouble' in chosen) {
    const again = commandText(context, 'login') ?? 'login'
    out.warn(`it could not be sealed: ${chosen.trouble.why}. Run \`${again}\` with the new one.`)
    return
  }
  const { profile } = login.resolution
  const { server } = login
  await store.save({ credential: secret, seal: chosen?.seal, server, profile, settings: {} })
  out.note('You are logged in with the new one.')
}
