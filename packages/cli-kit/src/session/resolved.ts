/** What counts right now: the credential, the server and where both come from, from the client's one resolver. */
import {
  type ConfigProblemCode,
  describeRemedy,
  describeSource,
  type ResolvedSetting,
  type Resolution,
  resolveSettings,
} from '@keywright/client'
import { Failure, type FailureCode } from '../output/failure.ts'
import type { Context } from './context.ts'
import { commandText } from './command-text.ts'
import { foreignOwnerOf } from './foreign-owner.ts'
import { noteHiddenLogin } from './preference.ts'
import { sentence } from './sentence.ts'
import { shownPath } from './shown-path.ts'
import { waysToLogIn, withShownProblems } from './shown-problems.ts'
import { surroundingsOf } from './surroundings.ts'

export interface Asked {
  /** Ahead of every other place: what a flag says. */
  readonly server?: string | undefined
  readonly profile?: string | undefined
  /** Opens a sealed credential. What only looks for other settings leaves it as it is, and asks for no key. */
  readonly isOpening?: boolean
}

/** Resolves every setting as the SDK would, with this command's flags first. */
export function resolveNow(context: Context, asked: Asked = {}): Resolution {
  const { brand, world, everywhere } = context
  const { credential, server } = brand
  const resolution = resolveSettings(brand, {
    surroundings: surroundingsOf(world),
    profile: asked.profile ?? everywhere.profile,
    keepsSealed: asked.isOpening !== true,
    args: { [credential.option]: everywhere.credential, [server.option]: asked.server },
    argumentNames: {
      [credential.option]: `--${credential.name.replaceAll('_', '-')}`,
      [server.option]: '--server-url',
    },
  })
  return withShownProblems(resolution, context)
}

/** The value of a setting as text; undefined when nothing gives it or what does cannot be used. */
export function valueOf(resolution: Resolution, name: string): string | undefined {
  const value = settingOf(resolution, name)?.winner?.value
  return value === undefined || typeof value === 'function' ? undefined : String(value)
}

export function settingOf(resolution: Resolution, name: string): ResolvedSetting | undefined {
  return resolution.settings.find(({ setting }) => setting.name === name)
}

/** The login in force. */
export interface Login {
  readonly credential: string
  readonly server: string
  /** Where the credential comes from, in words. */
  readonly source: string
  /** How to give another in its place, when it is refused. */
  readonly remedy: string
  readonly resolution: Resolution
}

/** @throws Failure `not_logged_in` with the command that changes it, or what is wrong with the settings */
export function requireLogin(context: Context, asked: Asked = {}): Login {
  const { brand, world, out } = context
  const resolution = resolveNow(context, { ...asked, isOpening: true })
  for (const warning of resolution.warnings) out.warn(warning)
  for (const { path } of resolution.files) {
    const owner = foreignOwnerOf(path, world)
    if (owner === undefined) continue
    out.warn(`${shownPath(path, world)} belongs to another user (id ${owner}), who can change it.`)
  }
  const [other] = resolution.problems.filter(({ code }) => code !== 'missing_setting')
  if (other !== undefined) {
    throw new Failure(codeOf(other.code), sentence(other.problem), { hint: sentence(other.fix) })
  }
  const credential = valueOf(resolution, brand.credential.name)
  const server = valueOf(resolution, brand.server.name)
  const source = settingOf(resolution, brand.credential.name)?.winner?.source
  if (credential === undefined || server === undefined || source === undefined) {
    throw notLoggedIn(context, credential === undefined ? undefined : 'No server is named.')
  }
  noteHiddenLogin(context, resolution)
  return {
    credential,
    server,
    source: describeSource(source, world.home),
    remedy: describeRemedy(source, commandText(context, 'login'), world.home),
    resolution,
  }
}

/** What keeps a sealed credential shut has a code of its own: it is no missing login. */
function codeOf(code: ConfigProblemCode): FailureCode {
  switch (code) {
    case 'unsafe_file':
      return 'file_exposed'
    case 'unreadable_file':
    case 'malformed_file':
      return 'file_unusable'
    case 'store_locked':
    case 'store_unavailable':
    case 'store_timed_out':
    case 'store_key_missing':
    case 'sealed_broken':
      return code
    default:
      return 'usage'
  }
}

/** The failure that names the next command. */
export function notLoggedIn(context: Context, why = 'You are not logged in.'): Failure {
  return new Failure('not_logged_in', why, { hint: sentence(waysToLogIn(context)) })
}
