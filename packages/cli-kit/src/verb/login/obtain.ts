/** Where a login's credential comes from: a flag that says so, otherwise the product's own way. */
import { kindOf } from '@keywright/client'
import { isCi } from '../../output/ci.ts'
import { Failure } from '../../output/failure.ts'
import { chooseLoginWay, type LoginWay as ProbedWay } from '../../login/choose-way.ts'
import { loginByDevice } from '../../login/device.ts'
import { loginByBrowser } from '../../login/loopback.ts'
import {
  findOAuthServer,
  type IssuedToken,
  type OAuthServer,
  undoToken,
} from '../../login/oauth-server.ts'
import { readAll, readSecretFile } from '../../secret/given-secret.ts'
import { lookAt } from '../../secret/look-at.ts'
import { tidySecret } from '../../secret/tidy.ts'
import type { Context } from '../../session/context.ts'
import { isInteractive, readTyped, requireSecret } from '../../session/interactive.ts'
import { commandText } from '../../session/command-text.ts'
import type { Given } from '../../tree/catalogue.ts'
import type { LoginWay } from '../../tree/command-line.ts'
import { flagsOf } from '../../tree/commands-of.ts'
import { pickUp } from './pick-up.ts'

type BrowserLogin = Extract<LoginWay, { readonly way: 'browser' }>

export interface Obtaining {
  readonly server: string
  readonly flags: Given['flags']
}

export interface Obtained {
  readonly credential: string
  /** Ends it at the server, when the login made it and then fails; undefined for one that was there before. */
  readonly end: (() => Promise<boolean>) | undefined
}

/** @throws Failure when nobody can be asked, or when what was given is no credential of this product */
export async function obtainCredential(context: Context, asked: Obtaining): Promise<Obtained> {
  const { flags } = asked
  if (flags['pickup'] !== undefined) return pickUp(context, asked)
  const given = await givenCredential(context, flags)
  if (given !== undefined) return givenBefore(checkKind(context, tidySecret(given)))
  const { login } = context.line
  return login.way === 'prompt' ? askForKey(context) : signIn(context, asked, login)
}

async function askForKey(context: Context): Promise<Obtained> {
  return givenBefore(checkKind(context, tidySecret(await prompt(context))))
}

/** A login has one source. @throws Failure `usage` */
export function checkWays(flags: Given['flags']): void {
  const names = ['withToken', 'tokenFile', 'token', 'pickup', 'device', 'web', 'start', 'complete']
  const given = names.filter((name) => flags[name] !== undefined)
  // A QR code is of a login by code, also when nothing else says so.
  const isByCode = flags['device'] !== undefined || flags['start'] !== undefined
  if (flags['qr'] !== undefined && !isByCode) given.push('qr')
  if (given.length > 1) {
    throw new Failure('usage', 'A login has one source: these flags exclude each other.')
  }
}

/** Whether a flag says where the credential is, so that the server makes no new one. */
export function isGiven({ withToken, tokenFile, token }: Given['flags']): boolean {
  return [withToken, tokenFile, token].some((flag) => flag !== undefined)
}

function givenBefore(credential: string): Obtained {
  return { credential, end: undefined }
}

async function givenCredential(
  context: Context,
  { withToken, tokenFile, token }: Given['flags'],
): Promise<string | undefined> {
  const { world, out } = context
  if (typeof tokenFile === 'string') return readSecretFile(tokenFile)
  if (typeof token === 'string' && token !== '-') {
    out.warn('a credential in the arguments can be seen by other users of this machine.')
    return token
  }
  if (withToken !== true && token !== '-') return undefined
  // On a terminal nothing would come, and nothing would say so.
  return isInteractive(context) ? prompt(context) : readAll(world.stdin)
}

function prompt(context: Context): Promise<string> {
  return requireSecret(context, context.texts.askCredential, nonInteractiveHint(context))
}

/** What works without a terminal, as this product has it. */
function nonInteractiveHint(context: Context): string {
  const { brand, line } = context
  const name = line.commands?.includes('auth login') === true ? 'auth login' : 'login'
  const flags = flagsOf(line, name)
  const command = commandText(context, 'login') ?? line.name
  if (flags.includes('with-token')) {
    return `Run \`${command} --with-token < FILE\`, or set ${brand.credential.variable}.`
  }
  return `Run \`${command}\` in a terminal, or set ${brand.credential.variable}.`
}

async function signIn(context: Context, asked: Obtaining, login: BrowserLogin): Promise<Obtained> {
  const { world } = context
  const { device, qr, web, browser } = asked.flags
  const isForced = device === true || qr === true || web === true || browser === false
  const isKeyWelcome = login.orPrompt === true && !isForced
  const whyNot = whyNobody(context, { isForced, isWeb: web === true })
  if (whyNot !== undefined) {
    const hint = isKeyWelcome ? nonInteractiveHint(context) : deviceHint(context)
    throw new Failure('not_interactive', whyNot, { hint })
  }
  const found = findOAuthServer(new URL(asked.server), login.clientId, world)
  const isKeyTaken = login.orPrompt === true
  const server = isKeyTaken ? await unlessNone(found) : await found
  if (server === undefined && !isKeyWelcome) throw nobodySignsIn(context, asked.server)
  if (server === undefined) {
    // Whose server it is that says so, and that gets the key, is for the person to see.
    context.out.show(`Nobody signs in at ${new URL(asked.server).origin}: it takes a key.`)
    return askForKey(context)
  }
  return signInAt(context, { server, scopes: login.scopes, flags: asked.flags })
}

interface SigningIn {
  readonly server: OAuthServer
  readonly scopes: readonly string[] | undefined
  readonly flags: Given['flags']
}

/** With a code or in the browser, as the flags say or as this machine needs it. */
async function signInAt(
  context: Context,
  { server, scopes, flags: { device, qr, web, browser } }: SigningIn,
): Promise<Obtained> {
  const { world, out } = context
  const request = { server, deviceName: `${world.user}@${world.hostName}`, scopes, out }
  const probed = chooseLoginWay(world)
  out.debug(decisionText(probed, { device, qr, web, browser }))
  const hasDevice = server.metadata.device_authorization_endpoint !== undefined
  const isCodeAsked = device === true || qr === true
  const isOpen = !isCodeAsked && web !== true && browser !== false
  if (isCodeAsked || (isOpen && probed.way === 'device' && hasDevice)) {
    const isQrWanted = qr === true
    return madeBy(server, await loginByDevice({ ...request, isQrWanted }, world))
  }
  const isBrowserWanted = browser !== false && (web === true || probed.way === 'browser')
  const readLine = (signal: AbortSignal): Promise<string | undefined> => readTyped(context, signal)
  const asked = { ...request, isBrowserWanted, isPasteTaken: isInteractive(context), readLine }
  return madeBy(server, await loginByBrowser(asked, world))
}

/** A flag decides, and what the machine looks like does not count then. */
function decisionText(probed: ProbedWay, { device, qr, web, browser }: Given['flags']): string {
  const flags = { '--device': device, '--qr': qr, '--web': web, '--no-browser': browser === false }
  const [decides] = Object.entries(flags).find(([, flag]) => flag === true) ?? []
  const text = `this machine's way is ${probed.way}: ${probed.reason}`
  return decides === undefined ? text : `${decides} decides it; without a flag ${text}`
}

/** Why nobody would see what a login opens or asks; undefined when somebody does. */
function whyNobody(
  context: Context,
  { isForced, isWeb }: { readonly isForced: boolean; readonly isWeb: boolean },
): string | undefined {
  if (isWeb && isCi(context.world.env)) return 'No browser is started in CI: nobody would see it.'
  if (isForced || isInteractive(context)) return undefined
  if (context.isInputOff) return 'Nobody can be asked: --no-input says so.'
  return 'Nobody can be asked here: this is not a terminal.'
}

function nobodySignsIn(context: Context, server: string): Failure {
  const { origin } = new URL(server)
  return new Failure('not_offered', `Nobody signs in at ${origin}: it takes a key.`, {
    hint: nonInteractiveHint(context),
  })
}

function deviceHint(context: Context): string {
  const command = commandText(context, 'login') ?? ''
  const { variable } = context.brand.credential
  return `Run \`${command} --device\` and approve the code elsewhere; a program that cannot wait runs \`${command} --start\`, then \`${command} --complete\`. Or pipe a credential into \`${command} --with-token\`, or set ${variable}.`
}

/** Undefined where the server answers and nobody can sign in at it; one that is down is a failure all the same. */
async function unlessNone(found: Promise<OAuthServer>): Promise<OAuthServer | undefined> {
  try {
    return await found
  } catch (error) {
    if (error instanceof Failure && error.code === 'not_this_product') return undefined
    throw error
  }
}

/** A login that a browser or a code made, which is ended again when nothing comes of it. */
export function madeBy(server: OAuthServer, { token }: IssuedToken): Obtained {
  return { credential: token, end: () => undoToken(server, token) }
}

/**
 * A secret of another product, or a kind that is none of this product's, is named as such before it is sent anywhere.
 * A shape that nothing is known of is left to the server.
 */
function checkKind(context: Context, secret: string): string {
  const { brand, line } = context
  const kind = kindOf(brand, secret)
  const kinds = Object.values(brand.kinds).map((shape) => (shape === 'jws' ? 'a JWT' : `${shape}…`))
  const hint = `Give a credential of ${brand.client}: ${kinds.join(', ')}.`
  if (kind.type === 'foreign') {
    const what = `a key of ${kind.product} (${kind.prefix}…)`
    const add = commandText(context, 'keys add')
    const keys = add === undefined ? '' : ` Keys of providers are stored with \`${add}\`.`
    throw new Failure('wrong_secret', `This is ${what}, not one of ${brand.client}.`, {
      hint: hint + keys,
    })
  }
  if (kinds.length > 0 && (kind.type === 'unknown' || isJwtUnwanted(kind))) {
    const what = kind.type === 'jwt' ? 'a JWT, which is no credential' : 'no credential'
    throw new Failure('wrong_secret', `This is ${what} of ${brand.client}.`, { hint })
  }
  if (lookAt(brand, secret, line.hasChecksums === true).isWhole === false) {
    throw new Failure('wrong_secret', 'The checksum of this credential is wrong.', {
      hint: 'A character is missing or mistyped; copy it once more.',
    })
  }
  return secret
}

function isJwtUnwanted(kind: ReturnType<typeof kindOf>): boolean {
  return kind.type === 'jwt' && kind.kind === undefined
}
