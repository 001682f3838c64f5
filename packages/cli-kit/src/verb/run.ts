/**
 * `run -- COMMAND`: a program with a token of its own in its environment, which ends with it. A token that is left because
 * this process was killed too ends by itself soon.
 */
import { resolve } from 'node:path'
import { keyVariableOf } from '@keywright/client'
import type { Api } from '../api/api.ts'
import { type Fields, fieldsOf, textOf } from '../api/read-answer.ts'
import { secretIn } from '../api/token.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { durationOf } from '../session/duration.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'
import type { World } from '../world/world.ts'
import { scopesOf, tokenFields } from './token-create.ts'

const LIFE_SECONDS = 3600

/** What a shell says for a program that it cannot start. */
const NOT_STARTED = 127

/** @returns the exit code of the program */
export async function runProgram(context: Context, given: Given): Promise<number> {
  const { brand, out, world } = context
  const { argument = '', rest } = given
  const { scope, ttl } = given.flags
  const { api, login } = openSession(context, { profile: textFlag(given, 'profile') })
  const program = argument.split(/[/\\]/).at(-1) ?? argument
  const name = `${program} by ${world.user}@${world.hostName}`
  const body = {
    ...(await tokenFields(context, api)),
    name,
    expires_in: typeof ttl === 'string' ? durationOf(ttl) : LIFE_SECONDS,
    ...(typeof scope === 'string' && { scopes: scopesOf(scope) }),
  }
  if (!isThere(argument, world)) {
    out.warn(`There is no program ${argument} on the PATH; no token was made.`)
    return NOT_STARTED
  }
  let made: Fields | undefined
  const prepare = async (): Promise<Record<string, string | undefined>> => {
    made = fieldsOf(await api.call(brand.routes.createKey, { body }))
    return {
      [brand.credential.variable]: secretIn(made, name),
      [brand.server.variable]: login.server,
      // It opens the login that this token is narrower than.
      ...(brand.store !== undefined && { [keyVariableOf(brand)]: undefined }),
    }
  }
  try {
    const how = { streams: 'shared', env: world.env, prepare } as const
    const exit = await world.run(argument, rest, how)
    if (exit !== undefined) return exit
    out.warn(`${argument} could not be started.`)
    return NOT_STARTED
  } finally {
    if (made !== undefined) await endToken(context, api, { id: textOf(made, 'id') ?? '', name })
  }
}

/** Whether there is such a program, as far as looking tells; on Windows the system itself knows what a program is. */
function isThere(program: string, world: World): boolean {
  if (world.platform === 'win32') return true
  const path = program.includes('/') ? '.' : (world.env['PATH'] ?? '')
  return path.split(':').some((place) => world.exists(resolve(world.folder, place, program)))
}

/** The program's own exit code is what counts, so a token that could not be ended is a warning. */
async function endToken(
  { brand, out }: Context,
  api: Api,
  { id, name }: { readonly id: string; readonly name: string },
): Promise<void> {
  try {
    await api.call(brand.routes.revokeKey, { params: { id } })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    out.warn(`the token '${name}' could not be ended: ${error.message} It ends by itself.`)
  }
}
