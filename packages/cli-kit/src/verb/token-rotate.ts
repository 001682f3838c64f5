/** `token rotate`: a new secret for the same token, printed once and alone. A login with it goes on with the new one. */
import type { Source } from '@keywright/client'
import type { Api } from '../api/api.ts'
import { fieldsOf, textOf } from '../api/read-answer.ts'
import { askTokens, findToken, isSecretOf, secretIn, titleOf, type Token } from '../api/token.ts'
import type { Context } from '../session/context.ts'
import { commandText } from '../session/command-text.ts'
import { durationOf } from '../session/duration.ts'
import { openSession } from '../session/open-session.ts'
import { storedPlaceOf } from '../session/place-text.ts'
import { type Login, requireLogin, settingOf } from '../session/resolved.ts'
import { placeOf } from '../store/choose-place.ts'
import type { Entry, Store } from '../store/store.ts'
import type { Given } from '../tree/catalogue.ts'

export async function rotateToken(
  context: Context,
  { argument = '', flags }: Given,
): Promise<void> {
  const { overlap } = flags
  const body = typeof overlap === 'string' ? { overlap: durationOf(overlap) } : {}
  // The login is read under the lock: another process may have rotated its token while this one waited.
  const store = await storeOf(context, requireLogin(context))
  const work = async (): Promise<void> => {
    const before = (await store?.entries()) ?? []
    await rotate(context, await find(context, argument), { body, before })
  }
  await (store === undefined ? work() : store.whileRenewing(work))
}

type FileSource = Extract<Source, { readonly layer: 'files' }>

interface Found {
  readonly api: Api
  readonly login: Login
  readonly token: Token
}

async function find(context: Context, name: string): Promise<Found> {
  const { api, login } = openSession(context)
  return { api, login, token: findToken(await askTokens(api, context.brand), name) }
}

interface Rotating {
  readonly body: { readonly overlap?: number }
  /** What was stored when it began. */
  readonly before: readonly Entry[]
}

async function rotate(
  context: Context,
  { api, login, token }: Found,
  { body, before }: Rotating,
): Promise<void> {
  const { brand, out } = context
  const { id, name = null } = token
  const made = fieldsOf(await api.call(brand.routes.rotateKey, { params: { id }, body }))
  const secret = secretIn(made, titleOf(token))
  const until = textOf(made, 'previous_ends_at')
  out.answer({ id, name, token: secret, previous_ends_at: until ?? null }, [secret])
  const isCounting = body.overlap !== undefined && until !== undefined
  const earlier = isCounting ? `counts until ${until}` : 'ended at once'
  out.note(`Rotated ${titleOf(token)}. The new secret is shown once. The earlier one ${earlier}.`)
  if (isSecretOf(token, login.credential)) await goOnWith(context, login, { secret, before })
}

/** The secret that was rotated is that of this very login. */
async function goOnWith(
  context: Context,
  login: Login,
  { secret, before }: Pick<Rotating, 'before'> & { readonly secret: string },
): Promise<void> {
  const { out } = context
  const { server, source } = login
  const store = await storeOf(context, login)
  if (store === undefined) {
    out.warn(`it is the token that you are logged in with, from ${source}; change it there.`)
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
  const section = fileSourceOf(context, login)?.section
  const from = before.find((entry) => entry.section === section)?.credential ?? ''
  const renewing = { from, to: secret, seal: chosen?.seal, server, profile }
  const isStored = await store.renew(renewing)
  if (isStored) out.note('You are logged in with the new one.')
  else out.warn('the stored login was replaced meanwhile; the new secret is not stored.')
}

/** The store that the credential in use lies in; undefined for one from elsewhere. */
async function storeOf(context: Context, login: Login): Promise<Store | undefined> {
  const { single, credentials } = context.places ?? {}
  const file = fileSourceOf(context, login)
  return file !== undefined && file.path === (single ?? credentials) ? context.store() : undefined
}

/** The file, and the profile or host in it, that the credential in use comes from; undefined for one from elsewhere. */
function fileSourceOf({ brand }: Context, { resolution }: Login): FileSource | undefined {
  const source = settingOf(resolution, brand.credential.name)?.winner?.source
  return source?.layer === 'files' ? source : undefined
}
