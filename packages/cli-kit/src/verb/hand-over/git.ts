/** `helper git`: a credential helper as gitcredentials(7) and git-credential(1) describe it. */
import { Failure } from '../../output/failure.ts'
import { readAll } from '../../secret/given-secret.ts'
import type { Context } from '../../session/context.ts'
import { type Asking, loginFor, originOf, USER_NAME } from './login-for.ts'

export async function helpGit(context: Context, asking: Asking): Promise<void> {
  const { out, world } = context
  if (asking.operation === undefined) {
    throw new Failure('usage', 'Git says what it wants: no operation was given.', {
      hint: 'It asks get, store or erase.',
    })
  }
  const { protocol = '', host = '', username } = fieldsIn(await readAll(world.stdin))
  // What git wants stored or erased is a copy of the login, which `logout` ends; other words are for helpers yet to come.
  if (asking.operation !== 'get') return
  const wanted = originOf(protocol, host)
  if (wanted === undefined) return
  const login = await loginFor(context, asking, (known) => known === wanted)
  // Without an answer git asks its next helper, and then the person.
  if (login === undefined) return
  out.protocol([
    `protocol=${protocol}`,
    `host=${host}`,
    `username=${username || USER_NAME}`,
    `password=${login.credential}`,
  ])
}

/** `name=value` lines up to an empty one; only the first `=` divides. */
export function fieldsIn(text: string): Readonly<Record<string, string>> {
  const fields = new Map<string, string>()
  for (const line of text.split('\n')) {
    if (line === '') break
    const at = line.indexOf('=')
    if (at > 0) fields.set(line.slice(0, at), line.slice(at + 1))
  }
  return Object.fromEntries(fields)
}
