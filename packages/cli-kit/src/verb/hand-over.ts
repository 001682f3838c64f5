/**
 * `helper`: hands the stored login to another program in the protocol that it speaks. Stdout is that protocol and nothing
 * else; a program that asks for a host gets the login of that very host or nothing.
 */
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'
import { helpDocker } from './hand-over/docker.ts'
import { helpGit } from './hand-over/git.ts'
import { printExecCredential, printProcessCredential } from './hand-over/print.ts'
import type { Asking } from './hand-over/login-for.ts'

type Helper = (context: Context, asking: Asking) => Promise<number | void>

const HELPERS: Readonly<Record<string, Helper>> = {
  docker: helpDocker,
  git: helpGit,
  exec: printExecCredential,
  process: printProcessCredential,
}

export const PROTOCOLS: readonly string[] = Object.keys(HELPERS)

export async function handOver(
  context: Context,
  { argument = '', rest, flags }: Given,
): Promise<number | void> {
  const help = Object.hasOwn(HELPERS, argument) ? HELPERS[argument] : undefined
  if (help === undefined) {
    throw new Failure('usage', `There is no helper for ${argument}.`, {
      hint: `There is one for ${PROTOCOLS.join(', ')}.`,
    })
  }
  return help(context, { operation: rest[0], profile: textFlag({ flags }, 'profile') })
}
