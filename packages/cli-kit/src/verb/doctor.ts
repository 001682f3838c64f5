/** `doctor`: what keeps a login from working or from being safe, each with its fix; `--fix` does those that are ours to do. */
import { chmod, rm, stat } from 'node:fs/promises'
import { Failure } from '../output/failure.ts'
import { isStale } from '../files/lock.ts'
import type { Context } from '../session/context.ts'
import { foreignOwnerOf } from '../session/foreign-owner.ts'
import { hasChosen } from '../session/preference.ts'
import { sentence } from '../session/sentence.ts'
import { shownPath } from '../session/shown-path.ts'
import { resolveNow, settingOf, valueOf } from '../session/resolved.ts'
import { lockPathOf, renewalLockPathOf } from '../store/change-file.ts'
import { keyLockPathOf } from '../store/choose-place.ts'
import { isFolderOwn } from '../store/own-folder.ts'
import { factsOf, findInProxy } from './doctor/facts.ts'
import type { Finding } from './doctor/finding.ts'
import { findPlain } from './doctor/plain-text.ts'
import { findInGit } from './doctor/repository.ts'
import type { Given } from '../tree/catalogue.ts'

const CLOCK_SKEW_MAX_SECONDS = 60
const PROBE_MAX_MS = 10_000

export async function doctor(context: Context, { flags }: Given): Promise<void> {
  const { out } = context
  // Before the resolver looks: it takes permissions away itself where a brand says so.
  const files = await findInFiles(context)
  for (const fact of factsOf(context)) out.note(fact)
  const ours = [...files, ...findInSettings(context), ...findInProxy(context)]
  const found = [...ours, ...(await findAtServer(context))]
  const results = []
  for (const finding of found) {
    const isMended = flags['fix'] === true && finding.mend !== undefined
    if (isMended) await finding.mend?.()
    results.push({ ...finding, isMended })
  }
  out.answer(
    results.map(({ code, problem, fix, isMended }) => ({ code, problem, fix, is_fixed: isMended })),
    results.map(({ problem, fix, isMended }) => {
      return isMended
        ? `fixed    ${sentence(problem)}`
        : `problem  ${sentence(problem)} ${sentence(fix)}`
    }),
  )
  const left = results.filter(({ isMended }) => !isMended)
  if (left.length > 0) {
    const mendable = left.some(({ mend }) => mend !== undefined)
    throw new Failure('problems_found', leftText(left.length, results.length), {
      ...(mendable && { hint: 'Run it with --fix to mend what can be mended.' }),
    })
  }
  out.note(results.length === 0 ? 'Nothing is wrong.' : 'Nothing is wrong any more.')
}

function leftText(left: number, all: number): string {
  if (all === 1) return 'One problem is left.'
  return `${left} of ${all} problems ${left === 1 ? 'is' : 'are'} left.`
}

async function findInFiles(context: Context): Promise<readonly Finding[]> {
  const { places, world } = context
  if (places === undefined || world.platform === 'win32') return []
  const { directory, credentials, single } = places
  const secret = single ?? credentials
  return [
    ...(await findOpen(context, secret, 0o600)),
    ...findForeign(context, secret),
    ...(isFolderOwn(context.brand, places, world) ? await findOpen(context, directory, 0o700) : []),
    ...(await findLock(context, lockPathOf(secret))),
    ...(await findLock(context, keyLockPathOf(secret))),
    ...(await findLock(context, renewalLockPathOf(secret))),
    ...(await findInGit(context, secret)),
  ]
}

async function findOpen(
  { world }: Context,
  path: string,
  mode: number,
): Promise<readonly Finding[]> {
  const stats = await stat(path).catch(() => undefined)
  if (stats === undefined || (stats.mode & 0o077) === 0) return []
  // A file that others may write is found in the settings: what it says has to be looked at before anybody trusts it again.
  if (stats.isFile() && (stats.mode & 0o022) !== 0) return []
  const shown = shownPath(path, world)
  const now = (stats.mode & 0o777).toString(8)
  return [
    {
      code: 'open_to_others',
      problem: `${shown} is open to other users of this machine (mode ${now})`,
      fix: `run: chmod ${mode.toString(8)} ${shown}`,
      mend: () => chmod(path, mode),
    },
  ]
}

function findForeign({ world }: Context, path: string): readonly Finding[] {
  const owner = foreignOwnerOf(path, world)
  if (owner === undefined) return []
  const shown = shownPath(path, world)
  const problem = `${shown} belongs to another user of this machine (id ${owner}), who can change it`
  return [{ code: 'foreign_owner', problem, fix: `run: sudo chown "$(id -u)" ${shown}` }]
}

async function findLock({ world }: Context, path: string): Promise<readonly Finding[]> {
  if (!(await isStale(path, world))) return []
  const problem = `${shownPath(path, world)} is a lock that a killed process left`
  const mend = (): Promise<void> => rm(path, { recursive: true, force: true })
  return [{ code: 'stale_lock', problem, fix: 'remove the folder', mend }]
}

function findInSettings(context: Context): readonly Finding[] {
  const { brand } = context
  const resolution = resolveNow(context, { isOpening: true })
  const shadowed = settingOf(resolution, brand.credential.name)
  const winner = shadowed?.winner?.source
  const hidden =
    winner?.layer === 'environment' &&
    (shadowed?.shadowed.length ?? 0) > 0 &&
    !hasChosen(context, resolution)
  return [
    ...resolution.problems.map(({ code, problem, fix }) => ({ code, problem, fix })),
    ...findPlain(context, resolution),
    ...(hidden
      ? [
          {
            code: 'shadowed_login',
            problem: `${brand.credential.variable} is set and hides the stored login`,
            fix: `run: unset ${brand.credential.variable}`,
          },
        ]
      : []),
  ]
}

async function findAtServer(context: Context): Promise<readonly Finding[]> {
  const { brand, world } = context
  const server = valueOf(resolveNow(context), brand.server.name)
  if (server === undefined) return []
  try {
    const response = await world.fetch(server, {
      redirect: 'manual',
      signal: AbortSignal.any([world.interrupted, AbortSignal.timeout(PROBE_MAX_MS)]),
    })
    await response.body?.cancel()
    return findSkew(world.now(), response.headers.get('date'))
  } catch (error) {
    const code = (error as { cause?: { code?: unknown } }).cause?.code
    const problem = `${server} cannot be reached${typeof code === 'string' ? ` (${code})` : ''}`
    return [
      { code: 'unreachable', problem, fix: 'check the server URL, the network and the proxy' },
    ]
  }
}

function findSkew(now: number, date: string | null): readonly Finding[] {
  const skew = date === null ? Number.NaN : (now - Date.parse(date)) / 1000
  if (!(Math.abs(skew) > CLOCK_SKEW_MAX_SECONDS)) return []
  const problem = `this machine's clock is ${Math.round(Math.abs(skew))} s ${skew > 0 ? 'ahead' : 'behind'}`
  return [{ code: 'clock_skew', problem, fix: 'set it by NTP; tokens are refused otherwise' }]
}
