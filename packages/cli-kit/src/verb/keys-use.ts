/** `keys use`: the provider key, named by name or the beginning of its id, that the current project spends with. */
import { rowsOf, textOf } from '../api/read-answer.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { commandText } from '../session/command-text.ts'
import { openSession } from '../session/open-session.ts'
import { currentProject } from '../session/project.ts'
import { providerKeysOf } from '../session/provider-keys.ts'
import type { Given } from '../tree/catalogue.ts'

export async function useKey(context: Context, { argument = '', flags }: Given): Promise<void> {
  const { out } = context
  const { routes } = providerKeysOf(context)
  const { owner, name } = currentProject(context, flags['project'])
  const { api } = openSession(context)
  const rows = rowsOf(await api.call(routes.list))
  const exact = rows.filter((row) => row['id'] === argument || row['name'] === argument)
  const found =
    exact.length > 0
      ? exact
      : rows.filter((row) => textOf(row, 'id')?.startsWith(argument) === true)
  const [key, ...others] = found
  if (key === undefined) {
    const add = commandText(context, 'keys add')
    const hint =
      rows.length === 0 && add !== undefined
        ? `No provider keys are stored; \`${add}\` stores one.`
        : undefined
    throw new Failure('not_found', `There is no provider key called ${argument}.`, { hint })
  }
  if (others.length > 0) {
    const ids = found.map((row) => textOf(row, 'id') ?? '').join(', ')
    throw new Failure('ambiguous', `More than one provider key fits ${argument}: ${ids}.`)
  }
  const id = textOf(key, 'id') ?? argument
  const model = flags['model']
  const body = { key: id, ...(typeof model === 'string' && { model }) }
  await api.call(routes.use, { params: { owner, name }, body })
  const named = `${owner}/${name}`
  out.answer({ project: named, key: id, model: typeof model === 'string' ? model : null }, [])
  out.note(
    `${named} uses ${textOf(key, 'name') ?? id}${typeof model === 'string' ? ` with ${model}` : ''}.`,
  )
}
