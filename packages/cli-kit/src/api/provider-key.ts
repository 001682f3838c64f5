/** Provider keys at the server, named as people name them. */
import type { Route } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { commandText } from '../session/command-text.ts'
import type { Api } from './api.ts'
import { rowsOf, textOf } from './read-answer.ts'

export interface ProviderKey {
  readonly id: string
  readonly name: string | undefined
}

/**
 * The one provider key with this name, this id, or an id that begins so.
 *
 * @throws Failure `not_found`, or `ambiguous` rather than guess
 */
export async function findProviderKey(
  context: Context,
  { api, list }: { readonly api: Api; readonly list: Route },
  wanted: string,
): Promise<ProviderKey> {
  // Every id begins with nothing: a variable that is not set would take away the one key that there is.
  if (wanted.trim() === '') {
    throw new Failure('usage', 'The key has no name.', { hint: 'Give its name or its id.' })
  }
  const keys = rowsOf(await api.call(list)).map((row) => ({
    id: textOf(row, 'id') ?? '',
    name: textOf(row, 'name'),
  }))
  const exact = keys.filter(({ id, name }) => id === wanted || name === wanted)
  const found = exact.length > 0 ? exact : keys.filter(({ id }) => id.startsWith(wanted))
  const [key, ...others] = found
  if (key === undefined) {
    const add = commandText(context, 'keys add')
    const isNone = keys.length === 0 && add !== undefined
    const hint = isNone ? `No provider keys are stored; \`${add}\` stores one.` : undefined
    throw new Failure('not_found', `There is no provider key called ${wanted}.`, { hint })
  }
  if (others.length > 0) {
    const ids = found.map(({ id }) => id).join(', ')
    throw new Failure('ambiguous', `More than one provider key fits ${wanted}: ${ids}.`)
  }
  return key
}
