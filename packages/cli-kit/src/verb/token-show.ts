/** `token show`: one token without its secret. */
import { askTokens, findToken } from '../api/token.ts'
import { tableLines } from '../output/table.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'
import { tokenJson } from './token-list.ts'

export async function showToken(context: Context, { argument = '' }: Given): Promise<void> {
  const { api } = openSession(context)
  const token = tokenJson(findToken(await askTokens(api, context.brand), argument))
  const rows = Object.entries(token).flatMap(([name, value]) => {
    const text = typeof value === 'object' ? (value?.join(', ') ?? '') : value
    return text === '' ? [] : [[name.replaceAll('_', ' '), text]]
  })
  context.out.answer(token, tableLines(rows))
}
