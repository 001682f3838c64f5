/** `helper docker`: a credential helper as docker-credential-helpers describes it, behind a `docker-credential-NAME`. */
import { Failure } from '../../output/failure.ts'
import { readAll } from '../../secret/given-secret.ts'
import type { Context } from '../../session/context.ts'
import { type Asking, loginFor, originOf, storedHosts, USER_NAME } from './login-for.ts'

/** Docker compares these words with what the helper printed, and only then goes on without a login. */
const NOT_FOUND = 'credentials not found in native keychain'
const NO_SERVER = 'no credentials server URL'

/** What a helper ends with when it has nothing. */
const HAS_NOTHING = 1

export async function helpDocker(context: Context, asking: Asking): Promise<number | void> {
  const { out, world } = context
  const { operation } = asking
  switch (operation) {
    case 'get':
      return get(context, asking, (await readAll(world.stdin)).trim())
    case 'list':
      return list(context, asking)
    case 'store':
    case 'erase':
      // A copy of the login, which `logout` ends: read, so that docker can write it, and left alone.
      await readAll(world.stdin)
      return undefined
    case 'version':
      return out.protocol([`${context.line.name} ${context.line.version}`])
    default:
      throw new Failure('usage', `Docker asks for nothing called ${operation ?? 'nothing'}.`, {
        hint: 'It asks get, list, store, erase or version.',
      })
  }
}

async function get(context: Context, asking: Asking, server: string): Promise<number | void> {
  const { out } = context
  if (server === '') {
    out.protocol([NO_SERVER])
    return HAS_NOTHING
  }
  const login = await loginFor(context, asking, (host) => isHost(host, server)).catch(notLoggedIn)
  if (login === undefined) {
    out.protocol([NOT_FOUND])
    return HAS_NOTHING
  }
  const answer = { ServerURL: server, Username: USER_NAME, Secret: login.credential }
  return out.protocol([JSON.stringify(answer)])
}

/** Servers with the user names there; secrets are only told one by one. */
async function list(context: Context, asking: Asking): Promise<void> {
  const current = await loginFor(context, asking, () => true).catch(notLoggedIn)
  const hosts = [...(current === undefined ? [] : [current.host]), ...(await storedHosts(context))]
  context.out.protocol([JSON.stringify(Object.fromEntries(hosts.map((host) => [host, USER_NAME])))])
}

/** Docker names a registry by its host alone, or by a URL whose path does not matter here. */
function isHost(known: string, server: string): boolean {
  const [, scheme, host = ''] = /^(?:(\w+):\/\/)?([^/]*)/.exec(server) ?? []
  return scheme === undefined
    ? new URL(known).host === host.toLowerCase()
    : originOf(scheme, host) === known
}

function notLoggedIn(error: unknown): undefined {
  if (error instanceof Failure && error.code === 'not_logged_in') return undefined
  throw error
}
