/** `list`: the stored logins, masked. */
import { maskFor, sealedIn } from '@keywright/client'
import { tableLines } from '../output/table.ts'
import type { Context } from '../session/context.ts'
import { placeOfStored, placeText } from '../session/place-text.ts'
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
    start: shownStart(context, credential),
    place: placeOfStored(credential),
    server,
  }))
  out.answer(
    rows.map(({ name, isActive, start, place, server }) => ({
      name,
      is_active: isActive,
      credential: start,
      server: server ?? null,
      ...(brand.store !== undefined && { store: place }),
    })),
    tableLines(
      rows.map(({ name, isActive, start, place, server }) => [
        isActive ? '*' : ' ',
        name === '' ? 'default' : name,
        start,
        server === name ? '' : (server ?? ''),
        ...(brand.store === undefined ? [] : [placeText(context, place)]),
      ]),
    ),
  )
  if (rows.length === 0) out.note('No logins are stored.')
}

/** Nothing is opened to be listed. */
function shownStart({ brand }: Context, credential: string): string {
  const isSealed = brand.store !== undefined && sealedIn(credential) !== undefined
  return isSealed ? '(sealed)' : maskFor(brand, credential)
}
