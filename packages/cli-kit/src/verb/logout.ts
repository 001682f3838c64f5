/** `logout`: ends the credential at the server, then takes it away here in every case, and says which of both happened. */
import { Failure } from '../output/failure.ts'
import { findOAuthServer, revokeToken } from '../login/oauth-server.ts'
import type { Context } from '../session/context.ts'
import { requireStore } from '../session/require-store.ts'
import { resolveNow, valueOf } from '../session/resolved.ts'
import type { Entry, Store } from '../store/store.ts'
import { hostOf } from '@keywright/client'
import type { Given } from '../tree/catalogue.ts'

type AtServer = 'ended' | 'not_asked' | 'failed' | 'no_way'

export async function logout(context: Context, { flags }: Given): Promise<void> {
  const { out, brand } = context
  const store = await requireStore(context)
  const entries = await store.entries()
  const chosen = flags['all'] === true ? entries : entries.filter(isMeant(context, flags))
  const results = []
  for (const entry of chosen) {
    results.push({ entry, atServer: await leave(context, { entry, store, flags }) })
  }
  out.answer(
    results.map(({ entry, atServer }) => ({
      name: entry.name,
      server: entry.server ?? null,
      is_removed: true,
      at_server: atServer,
    })),
    [],
  )
  if (chosen.length === 0) out.note('No login is stored; nothing to do.')
  const { variable } = brand.credential
  if (context.world.env[variable]) out.warn(`${variable} is still set; run: unset ${variable}`)
}

/** The entry that counts now, or the one that a flag names. */
function isMeant(context: Context, flags: Given['flags']): (entry: Entry) => boolean {
  const { brand } = context
  const { profile, serverUrl } = flags
  const resolution = resolveNow(context, {
    profile: typeof profile === 'string' ? profile : undefined,
    server: typeof serverUrl === 'string' ? serverUrl : undefined,
  })
  switch (brand.files?.layout) {
    case 'profiles-json':
      return ({ name }) => name === (resolution.profile ?? 'default')
    case 'hosts-json': {
      const server = valueOf(resolution, brand.server.name)
      const host = server === undefined ? undefined : hostOf(server)
      return ({ name }) => name === host
    }
    default:
      return () => true
  }
}

interface Leaving {
  readonly entry: Entry
  readonly store: Store
  readonly flags: Given['flags']
}

async function leave(context: Context, { entry, store, flags }: Leaving): Promise<AtServer> {
  const { out } = context
  const place = entry.server ?? 'the server'
  const atServer = flags['localOnly'] === true ? 'not_asked' : await endAtServer(context, entry)
  await store.remove(entry.name)
  const here = entry.name === '' ? 'Removed the stored login.' : `Removed the login ${entry.name}.`
  if (atServer === 'ended') out.note(`${here} It is ended at ${place} too.`)
  else if (atServer === 'not_asked') out.note(`${here} It still counts at ${place}.`)
  else {
    out.note(here)
    const why = atServer === 'failed' ? 'could not be asked to end it' : 'has no way to end it'
    out.warn(`${place} ${why}: the credential still counts there. Revoke it there.`)
  }
  return atServer
}

/** A server that is down must not keep a person logged in here. */
async function endAtServer(context: Context, { credential, server }: Entry): Promise<AtServer> {
  const { world, line, brand, out } = context
  const base = server ?? valueOf(resolveNow(context), brand.server.name)
  if (line.login.way !== 'browser' || base === undefined) return 'no_way'
  try {
    const found = await findOAuthServer(new URL(base), line.login.clientId, world)
    return (await revokeToken(found, credential)) ? 'ended' : 'no_way'
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'interrupted') throw error
    out.debug(error.message)
    return 'failed'
  }
}
