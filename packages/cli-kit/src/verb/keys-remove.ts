/** `keys rm`: takes a provider key away, named by name or the beginning of its id, after asking. */
import { findProviderKey } from '../api/provider-key.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { confirm } from '../session/interactive.ts'
import { openSession } from '../session/open-session.ts'
import { providerKeysOf } from '../session/provider-keys.ts'
import type { Given } from '../tree/catalogue.ts'

export async function removeKey(context: Context, { argument = '' }: Given): Promise<void> {
  const { out } = context
  const { routes } = providerKeysOf(context)
  if (routes.remove === undefined) throw new Error('the product has no route to remove a key')
  const { api } = openSession(context)
  const key = await findProviderKey(context, { api, list: routes.list }, argument)
  const { id, name = id } = key
  const isWanted = await confirm(context, `Take ${name} away? What uses it stops working.`)
  if (!isWanted) throw new Failure('failed', 'Nothing was taken away.')
  await api.call(routes.remove, { params: { id } })
  out.answer({ id, name: key.name ?? null, is_removed: true }, [])
  out.note(`Took ${name} away.`)
}
