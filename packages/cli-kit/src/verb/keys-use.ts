/** `keys use`: the provider key, named by name or the beginning of its id, that the current project spends with. */
import { findProviderKey } from '../api/provider-key.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'
import { currentProject } from '../session/project.ts'
import { providerKeysOf } from '../session/provider-keys.ts'
import type { Given } from '../tree/catalogue.ts'

export async function useKey(context: Context, { argument = '', flags }: Given): Promise<void> {
  const { out } = context
  const { routes } = providerKeysOf(context)
  const { owner, name } = currentProject(context, flags['project'])
  const { api } = openSession(context)
  const key = await findProviderKey(context, { api, list: routes.list }, argument)
  const { id } = key
  const model = flags['model']
  const body = { key: id, ...(typeof model === 'string' && { model }) }
  await api.call(routes.use, { params: { owner, name }, body })
  const named = `${owner}/${name}`
  out.answer({ project: named, key: id, model: typeof model === 'string' ? model : null }, [])
  out.note(`${named} uses ${key.name ?? id}${typeof model === 'string' ? ` with ${model}` : ''}.`)
}
