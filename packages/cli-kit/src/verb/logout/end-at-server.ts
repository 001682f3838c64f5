/** Ends a stored credential at its server, unless others live on it: a token ends with the one it was made with. */
import { sealedIn, type Opened, openSealed, type StoreTrouble } from '@keywright/client'
import { askIdentity } from '../../api/identity.ts'
import { openApi } from '../../api/open-api.ts'
import { askTokens, type Token, tokensMadeWith } from '../../api/token.ts'
import { findOAuthServer, revokeToken } from '../../login/oauth-server.ts'
import { Failure } from '../../output/failure.ts'
import type { Context } from '../../session/context.ts'
import { resolveNow, valueOf } from '../../session/resolved.ts'
import { surroundingsOf } from '../../session/surroundings.ts'
import type { Entry } from '../../store/store.ts'

/** What became of the credential at the server. */
export type AtServer =
  | { readonly became: 'ended' | 'not_asked' | 'failed' | 'refused' | 'no_way' }
  /** It still counts, because these were made with it and would have ended unasked. */
  | { readonly became: 'kept'; readonly id: string; readonly tokens: readonly Token[] }
  /** It still counts, because it is sealed here and could not be opened. */
  | { readonly became: 'sealed'; readonly trouble: StoreTrouble }

/** A server that is down must not keep a person logged in here. */
export async function endAtServer(context: Context, entry: Entry): Promise<AtServer> {
  const { world, line, brand, out } = context
  const { server } = entry
  const base = server ?? valueOf(resolveNow(context), brand.server.name)
  if (line.login.way !== 'browser' || base === undefined) return { became: 'no_way' }
  const opened = open(context, entry)
  if (!opened.ok) return { became: 'sealed', trouble: opened.trouble }
  const credential = opened.secret
  try {
    const found = await findOAuthServer(new URL(base), line.login.clientId, world)
    const kept = await findMadeWith(context, { credential, server: base })
    if (kept !== undefined) return { became: 'kept', ...kept }
    return { became: (await revokeToken(found, credential)) ? 'ended' : 'no_way' }
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'interrupted') throw error
    out.debug(error.message)
    const isSignInAbsent = error.code === 'not_this_product' && line.login.orPrompt === true
    if (isSignInAbsent) return { became: 'no_way' }
    // A credential that was pasted was handed out by no login, and a server ends only those (RFC 7009, section 2.1).
    return { became: error.code === 'login_refused' ? 'refused' : 'failed' }
  }
}

const SEALED_ELSEWHERE: StoreTrouble = {
  code: 'sealed_broken',
  why: 'another version of this program sealed it',
  fix: 'log out with that one',
}

function open(context: Context, { credential, section, server }: Entry): Opened {
  const { brand, world } = context
  if (sealedIn(credential) === undefined) return { ok: true, secret: credential }
  if (brand.store === undefined) return { ok: false, trouble: SEALED_ELSEWHERE }
  return openSealed(credential, { brand, section, server, surroundings: surroundingsOf(world) })
}

/** Undefined when nothing live was made with it, as far as it may know. */
async function findMadeWith(
  context: Context,
  login: { readonly credential: string; readonly server: string },
): Promise<{ id: string; tokens: readonly Token[] } | undefined> {
  const api = openApi(context, { ...login, source: 'the stored login' })
  try {
    const { keyId } = await askIdentity(api, context.brand)
    if (keyId === undefined) return undefined
    const tokens = tokensMadeWith(await askTokens(api, context.brand), keyId)
    return tokens.length === 0 ? undefined : { id: keyId, tokens }
  } catch (error) {
    // Who may not list tokens has made none; a credential that has ended has none left; some servers have no tokens.
    if (error instanceof Failure && KNOWS_NONE.has(error.code)) return undefined
    throw error
  }
}

const KNOWS_NONE: ReadonlySet<string> = new Set(['forbidden', 'invalid_credential', 'not_found'])
