/** `list`: the stored logins, masked. */
import { maskFor } from '@keywright/client'
import { tableLines } from '../output/table.ts'
import type { Context } from '../session/context.ts'
import { requireStore } from '../session/require-store.ts'
import { resolveNow } from '../session/resolved.ts'
import type { Given } from '../tree/catalogue.ts'

export async function list(context: Context, _given: Given): Promise<void> {
  const { brand, out } = context
  const entries = await (await requireStore(context)).entries()
  const counting = resolveNow(context).profile
  const rows = entries.map(({ name, isActive, credential, server }) => ({
    name,
    isActive: counting === undefined ? isActive : name === counting,
    start: maskFor(brand, credential),
    server,
  }))
  out.answer(
    rows.map(({ name, isActive, start, server }) => ({
      name,
      is_active: isActive,
      credential: start,
      server: server ?? null,
    })),
    tableLines(
      rows.map(({ name, isActive, start, server }) => [
        isActive ? '*' : ' ',
        name === '' ? 'default' : name,
        start,
        server === name ? '' : (server ?? ''),
      ]),
    ),
  )
  if (rows.length === 0) out.note('No logins are stored.')
}
