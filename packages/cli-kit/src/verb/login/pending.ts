/** A login that `--start` began and `--complete` finishes, kept owner-only beside the credentials in between. */
import { rm } from 'node:fs/promises'
import { Failure } from '../../output/failure.ts'
import type { Context } from '../../session/context.ts'
import { commandText } from '../../session/command-text.ts'
import { requireStore } from '../../session/require-store.ts'
import { changeFile, readStored } from '../../store/change-file.ts'
import { isFolderOwn } from '../../store/own-folder.ts'

export interface PendingLogin {
  readonly server: string
  readonly profile: string | null
  /** What `--store` said, for the end of it. */
  readonly store: string | null
  /** What the server gives the login for once it is approved; a secret. */
  readonly deviceCode: string
  readonly intervalSeconds: number
  /** Milliseconds since 1970. */
  readonly askedAt: number
  readonly expiresAt: number
}

/** A new one replaces the one before, whose code then ends by itself. */
export async function keepPending(context: Context, pending: PendingLogin): Promise<void> {
  const change = (): string => `${JSON.stringify(pending, null, 2)}\n`
  const { places, brand, world } = context
  const isOwn = places !== undefined && isFolderOwn(brand, places, world)
  const path = pendingPath(context)
  await changeFile({ path, mode: 'secret', isFolderOwn: isOwn, change }, world)
}

export async function forgetPending(context: Context): Promise<void> {
  await rm(pendingPath(context), { force: true })
}

/** @throws Failure `usage` when none was begun */
export async function requirePending(context: Context): Promise<PendingLogin> {
  await requireStore(context)
  const text = await readStored(pendingPath(context))
  const pending = text === undefined ? undefined : parse(text)
  if (pending !== undefined) return pending
  throw new Failure('usage', 'No login was begun.', {
    hint: `Begin one with \`${commandText(context, 'login') ?? ''} --start\`.`,
  })
}

export function pendingPath({ places }: Context): string {
  if (places === undefined) throw new Error('there is no place for a login that was begun')
  return `${places.single ?? places.credentials}.pending`
}

/** Undefined for a file that another version wrote, or that somebody changed: a login is begun again. */
function parse(text: string): PendingLogin | undefined {
  try {
    const read = JSON.parse(text) as Partial<Record<keyof PendingLogin, unknown>> | null
    const { server, deviceCode, intervalSeconds, askedAt, expiresAt, profile, store } = read ?? {}
    if (typeof server !== 'string' || !URL.canParse(server)) return undefined
    if (typeof deviceCode !== 'string') return undefined
    const [interval, asked, expires] = [intervalSeconds, askedAt, expiresAt].map(Number)
    if (interval === undefined || asked === undefined || expires === undefined) return undefined
    if (![interval, asked, expires].every(Number.isFinite)) return undefined
    return {
      server,
      profile: typeof profile === 'string' ? profile : null,
      store: typeof store === 'string' ? store : null,
      deviceCode,
      intervalSeconds: interval,
      askedAt: asked,
      expiresAt: expires,
    }
  } catch {
    return undefined
  }
}
