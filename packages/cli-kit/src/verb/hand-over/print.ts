/**
 * `helper exec` and `helper process`: print the login in force for a program that is set up to ask for exactly this one, so
 * it asks by no host. `exec` is the ExecCredential of Kubernetes clients, `process` our own small document.
 */
import { askIdentity } from '../../api/identity.ts'
import { openApi } from '../../api/open-api.ts'
import { Failure } from '../../output/failure.ts'
import { jwtEndOf } from '../../secret/jwt-end.ts'
import type { Context } from '../../session/context.ts'
import { type Login, notLoggedIn, requireLogin } from '../../session/resolved.ts'
import { type Asking, onOneLine } from './login-for.ts'

const GROUP = 'client.authentication.k8s.io'
const VERSIONS: readonly string[] = [`${GROUP}/v1`, `${GROUP}/v1beta1`]

/** The version of the document that `process` prints. */
const PROCESS_VERSION = 1

export async function printExecCredential(context: Context, asking: Asking): Promise<void> {
  const apiVersion = execVersion(context.world.env['KUBERNETES_EXEC_INFO'])
  const { token, expiresAt } = await current(context, asking)
  const status = { token, ...(expiresAt !== undefined && { expirationTimestamp: expiresAt }) }
  context.out.protocol([JSON.stringify({ apiVersion, kind: 'ExecCredential', status })])
}

export async function printProcessCredential(context: Context, asking: Asking): Promise<void> {
  const { token, expiresAt = null } = await current(context, asking)
  context.out.protocol([JSON.stringify({ version: PROCESS_VERSION, token, expires_at: expiresAt })])
}

/** The version that the client speaks; what it is answered in must be the same. @throws Failure `usage` */
function execVersion(info: string | undefined): string {
  const [newest = ''] = VERSIONS
  if (info === undefined || info === '') return newest
  let asked: unknown
  try {
    asked = (JSON.parse(info) as { apiVersion?: unknown } | null)?.apiVersion
  } catch {
    throw new Failure('usage', 'KUBERNETES_EXEC_INFO is not JSON.', {
      hint: 'Kubernetes clients set it; leave it out when you run this by hand.',
    })
  }
  if (typeof asked === 'string' && VERSIONS.includes(asked)) return asked
  throw new Failure('usage', 'The client asks in a version that is not known here.', {
    hint: `Write apiVersion: ${newest} at the user of your kubeconfig.`,
  })
}

interface Current {
  readonly token: string
  /** RFC 3339; undefined when it has no end or nobody could say. */
  readonly expiresAt: string | undefined
}

async function current(context: Context, { profile }: Asking): Promise<Current> {
  const login = requireLogin(context, { profile })
  const token = onOneLine(login.credential)
  const expiresAt = jwtEndOf(token) ?? (await askExpiry(context, login))
  if (expiresAt !== undefined && Date.parse(expiresAt) <= context.world.now()) {
    throw notLoggedIn(context, `The login from ${login.source} has expired.`)
  }
  return { token, expiresAt }
}

/** A server that cannot be reached, or that keeps this to itself, leaves it to the program to see a refusal. */
async function askExpiry(context: Context, login: Login): Promise<string | undefined> {
  try {
    return (await askIdentity(openApi(context, login), context.brand)).expiresAt
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'interrupted') throw error
    if (error.code === 'invalid_credential') throw error
    context.out.debug(`the end of the login is not known: ${error.message}`)
    return undefined
  }
}
