/**
 * A refusal for missing scopes says how to get them: the command that makes a fitting token where the person has them,
 * otherwise whom to ask. It asks the server, which has just answered; where it does not answer again nothing is added.
 */
import { describeSource, type Source } from '@keywright/client'
import { openApi } from '../api/open-api.ts'
import { askReach, holds, type Reach } from '../api/reach.ts'
import { Failure } from '../output/failure.ts'
import { commandText } from './command-text.ts'
import type { Context } from './context.ts'
import { type Asked, requireLogin, resolveNow, settingOf, valueOf } from './resolved.ts'
import { isPlainWord } from './shell-word.ts'
import { storedOnly } from './stored-only.ts'
import { flagsOf } from '../tree/commands-of.ts'

/** The same failure with what to do, where that can be told. */
export async function withRepair(
  context: Context,
  failure: Failure,
  asked: Asked,
): Promise<Failure> {
  // A product without tokens of persons has nothing to make, and a strict one says what it said.
  const create = commandText(context, 'token create')
  if (create === undefined || context.line.isStrict === true) return failure
  // They are the server's words, and the command is there to be pasted.
  if (!failure.requiredScopes.every(isPlainWord)) return failure
  try {
    const more = await repairOf(context, { create, asked, scopes: failure.requiredScopes })
    if (more === undefined) return failure
    // Who has been told whom to ask needs no second name.
    const isTold = /\bask\b/i.test(failure.message) && more.startsWith('Ask ')
    return isTold ? failure : failure.with({ hint: `${failure.hint ?? ''} ${more}`.trim() })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    context.out.debug(`what may be done is not known: ${error.message}`)
    return failure
  }
}

interface Missing extends Pick<Reach, 'own' | 'all'> {
  readonly scopes: readonly string[]
}

interface Repairing {
  readonly create: string
  readonly asked: Asked
  readonly scopes: readonly string[]
}

async function repairOf(
  context: Context,
  { create, asked, scopes }: Repairing,
): Promise<string | undefined> {
  const { brand, world } = context
  const resolution = resolveNow(context, { ...asked, isOpening: true })
  const server = valueOf(resolution, brand.server.name)
  const found = settingOf(resolution, brand.credential.name)
  if (server === undefined || typeof found?.winner?.value !== 'string') return undefined
  const reachOf = (credential: string, source: string): Promise<Reach> =>
    askReach(openApi(context, { server, credential, source }), brand)
  const source = describeSource(found.winner.source, world.home)
  const command = `\`${create} --name ${nameFor(scopes)} --scope ${scopes.join(',')}\``
  const current = await reachOf(found.winner.value, source)
  if (isByCode(context, found.winner.source, { ...current, scopes })) {
    return byBrowser(context, create)
  }
  if (!holds(current.own, scopes) && holds(current.all, scopes)) {
    return `You have that: ${command} makes a token with it.`
  }
  const isHiding = found.shadowed.some((each) => each.source.layer === 'files')
  if (isHiding && !holds(current.own, scopes)) {
    const login = requireLogin(storedOnly(context), asked)
    if (holds((await reachOf(login.credential, login.source)).all, scopes)) {
      return `Your stored login has that: without ${source}, ${command} makes a token with it.`
    }
  }
  return whomToAsk(current, scopes)
}

/** Whether it looks as if a login by code is in the way: of what it never has something is missing, or needed to get the rest. */
function isByCode({ line }: Context, source: Source, { own, all, scopes }: Missing): boolean {
  if (source.layer !== 'files' || line.login.way !== 'browser') return false
  const isMissing = (scope: string): boolean => !holds(own, [scope])
  if (scopes.some((scope) => isNeverByCode(scope) && isMissing(scope))) return true
  return scopes.some(isMissing) && holds(all, [...scopes, MAKES_TOKENS]) && isMissing(MAKES_TOKENS)
}

const MAKES_TOKENS = 'keys:write'

/** What a login by code never gives, whoever approves it (RFC 10027): a server says no more than that it is missing. */
function isNeverByCode(scope: string): boolean {
  return /^(keys|members):write$|^(vault|providers):/.test(scope)
}

function byBrowser(context: Context, create: string): string {
  const login = commandText(context, 'login')
  const way =
    login === undefined
      ? 'log in with a browser'
      : `run \`${login} --web\` where there is a browser`
  const command = `\`${create} --name NAME --send\``
  const isSent = flagsOf(context.line, 'token create').includes('send')
  const send = isSent ? `, or ${command} where you have it` : ''
  return `A login by code never has that: ${way}${send}.`
}

/** A name that says what the token is for. */
function nameFor(scopes: readonly string[]): string {
  return scopes.join('-').replaceAll(/[^a-z0-9]+/gi, '-')
}

function whomToAsk({ own, roles }: Reach, scopes: readonly string[]): string {
  const places = roles.map(({ name, role }) => `${name} (you are ${role} there)`).join(' or ')
  if (places === '') return 'Ask whoever gave you this credential for one with it.'
  return holds(own, scopes)
    ? `Your role does not have it: ask who administers ${places}.`
    : `Ask who administers ${places}.`
}
