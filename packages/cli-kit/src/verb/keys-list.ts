/** `keys`: the stored provider keys, without their values. */
import { rowsOf, textOf } from '../api/read-answer.ts'
import { tableLines } from '../output/table.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'
import { providerKeysOf } from '../session/provider-keys.ts'

export async function listKeys(context: Context): Promise<void> {
  const { out } = context
  const { routes } = providerKeysOf(context)
  const { api } = openSession(context)
  const rows = rowsOf(await api.call(routes.list)).map((row) => {
    const { limit_usd: limit } = row
    return {
      id: textOf(row, 'id') ?? '',
      name: textOf(row, 'name') ?? null,
      provider: textOf(row, 'provider') ?? null,
      limit_usd: typeof limit === 'number' || typeof limit === 'string' ? limit : null,
    }
  })
  const lines = rows.map(({ id, name, provider, limit_usd: limit }) => [
    id,
    name ?? '',
    provider ?? '',
    limit === null ? 'no limit' : `at most ${limit} USD`,
  ])
  out.answer(rows, tableLines(lines))
  if (rows.length === 0) out.note('No provider keys are stored.')
}
