/** `logout`: ends the credential at the server, then takes it away here in every case, and says which of both happened. */
import { titleOf } from '../api/token.ts'
import { commandText } from '../session/command-text.ts'
import type { Context } from '../session/context.ts'
import { keepNames } from '../session/login-names.ts'
import { nextCommand } from '../session/next-command.ts'
import { requireStore } from '../session/require-store.ts'
import { resolveNow, settingOf, valueOf } from '../session/resolved.ts'
import { shellWord } from '../session/shell-word.ts'
import type { Entry, Store } from '../store/store.ts'
import { hostOf } from '@keywright/client'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'
import { type AtServer, endAtServer } from './logout/end-at-server.ts'

export async function logout(context: Context, given: Given): Promise<void> {
  const { out, brand } = context
  const { flags } = given
  const store = await requireStore(context)
  const entries = await store.entries()
  const chosen = flags['all'] === true ? entries : entries.filter(isMeant(context, given))
  const results = []
  for (const entry of chosen) {
    results.push({ entry, atServer: await leave(context, { entry, store, flags }) })
  }
  await keepNames(context)
  out.answer(
    results.map(({ entry, atServer }) => ({
      name: entry.name,
      server: entry.server ?? null,
      is_removed: true,
      at_server: atServer.became,
      ...(atServer.became === 'sealed' && { code: atServer.trouble.code }),
      ...(atServer.became === 'kept' && {
        id: atServer.id,
        made_with_it: atServer.tokens.map(({ id, name }) => ({ id, name: name ?? null })),
      }),
    })),
    [],
  )
  if (chosen.length === 0) out.note(nothingStored(context, entries, given))
  else noteNext(context)
  const { variable } = brand.credential
  if (context.world.env[variable]) out.warn(`${variable} is still set; run: unset ${variable}`)
}

function nothingStored({ everywhere }: Context, entries: readonly Entry[], given: Given): string {
  const profile = textFlag(given, 'profile') ?? everywhere.profile
  if (profile !== undefined) return `No login called ${profile} is stored; nothing to do.`
  const names = entries.map(({ name }) => name).join(', ')
  if (names === '') return 'No login is stored; nothing to do.'
  return `No login that counts here is stored; nothing to do. There are ${names}.`
}

/** The next command would be somebody all the same, with another stored login. */
function noteNext(context: Context): void {
  const { credential } = context.brand
  const source = settingOf(resolveNow(nextCommand(context)), credential.name)?.winner?.source
  if (source?.layer === 'files' && source.section !== undefined) {
    context.out.note(`The login ${source.section} counts now.`)
  }
}

/** The entry that counts now, or the one that a flag names. */
function isMeant(context: Context, given: Given): (entry: Entry) => boolean {
  const { brand } = context
  const resolution = resolveNow(context, {
    profile: textFlag(given, 'profile'),
    server: textFlag(given, 'serverUrl'),
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
  const isAsked = flags['localOnly'] !== true
  const atServer = isAsked ? await endAtServer(context, entry) : ({ became: 'not_asked' } as const)
  await store.remove(entry.name)
  report(context, entry, atServer)
  return atServer
}

function report(context: Context, { name, server }: Entry, atServer: AtServer): void {
  const { out } = context
  const place = server ?? 'the server'
  const here = name === '' ? 'Removed the stored login.' : `Removed the login ${name}.`
  switch (atServer.became) {
    case 'ended':
      return out.note(`${here} It is ended at ${place} too.`)
    case 'not_asked':
      return out.note(`${here} It still counts at ${place}.`)
    case 'kept': {
      const made = atServer.tokens.map(titleOf).join(', ')
      const revoke = commandText(context, 'token revoke') ?? 'token revoke'
      out.note(here)
      out.warn(`it still counts at ${place}, because what was made with it ends with it: ${made}.`)
      return out.show(`To end them all, log in and run \`${revoke} ${shellWord(atServer.id)}\`.`)
    }
    case 'sealed': {
      const { why } = atServer.trouble
      out.note(here)
      return out.warn(
        `it still counts at ${place}: it could not be opened to end it there, because ${why}. ${howToEnd(context)}`,
      )
    }
    default:
      out.note(here)
      out.warn(
        `${place} ${WHY_IT_STAYS[atServer.became]}: the credential still counts there. ${howToEnd(context)}`,
      )
  }
}

function howToEnd(context: Context): string {
  const revoke = commandText(context, 'token revoke')
  return revoke === undefined
    ? 'Revoke it there.'
    : `Log in again and run \`${revoke} NAME\`, or revoke it there.`
}

const WHY_IT_STAYS = {
  failed: 'could not be asked to end it',
  refused: 'ends only what a login of this program got',
  no_way: 'has no way to end it',
} as const
