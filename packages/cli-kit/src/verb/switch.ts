/** `switch`: which profile or host counts when neither a flag, a variable nor a folder says so. */
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { requireStore } from '../session/require-store.ts'
import { resolveNow } from '../session/resolved.ts'
import type { Given } from '../tree/catalogue.ts'

export async function switchTo(context: Context, { argument = '' }: Given): Promise<void> {
  const { out, brand } = context
  const store = await requireStore(context)
  if (!(await store.activate(argument))) {
    const names = (await store.entries()).map(({ name }) => name)
    throw new Failure('not_found', `There is no stored login called ${argument}.`, {
      hint: names.length === 0 ? 'None are stored.' : `There are ${names.join(', ')}.`,
    })
  }
  out.answer({ active: argument }, [])
  out.note(`Switched to ${argument}.`)
  const { profile } = resolveNow(context)
  if (profile !== undefined && profile !== argument) {
    out.warn(`here ${profile} counts all the same: ${brand.env}_PROFILE or this folder says so.`)
  }
}
