/** `keys use`: the provider key, named by name or the beginning of its id, that the current project spends with. */
import { rowsOf, textOf } from '../api/read-answer.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'
import { providerKeysOf } from '../session/provider-keys.ts'
import type { Given } from '../tree/catalogue.ts'

export async function useKey(context: Context, { argument = '', flags }: Given): Promise<void> {
  const { brand, out, world } = context
  const { routes } = providerKeysOf(context)
  const variable = `${brand.env}_PROJECT`
  const named = flags['project'] ?? world.env[variable]
  if (typeof named !== 'string' || !/^[^/\s]+\/[^/\s]+$/.test(named)) {
    throw new Failure('usage', 'There is no project to use the key for.', {
      hint: `Say --project OWNER/NAME, or set ${variable}.`,
    })
  }
  const [owner = '', name = ''] = named.split('/')
  const { api } = openSession(context)
  const rows = rowsOf(await api.call(routes.list))
  const exact = rows.filter((row) => row['id'] === argument || row['name'] === argument)
  const found =
    exact.length > 0
      ? exact
      : rows.filter((row) => textOf(row, 'id')?.startsWith(argument) === true)
  const [key, ...others] = found
  if (key === undefined)
    throw new Failure('not_found', `There is no provider key called ${argument}.`)
  if (others.length > 0) {
    const ids = found.map((row) => textOf(row, 'id') ?? '').join(', ')
    throw new Failure('ambiguous', `More than one provider key fits ${argument}: ${ids}.`)
  }
  const id = textOf(key, 'id') ?? argument
  const model = flags['model']
  const body = { key: id, ...(typeof model === 'string' && { model }) }
  await api.call(routes.use, { params: { owner, name }, body })
  out.answer({ project: named, key: id, model: typeof model === 'string' ? model : null }, [])
  out.note(
    `${named} uses ${textOf(key, 'name') ?? id}${typeof model === 'string' ? ` with ${model}` : ''}.`,
  )
}
