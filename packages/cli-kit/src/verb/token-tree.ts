/** `token tree`: which token was made with which. Ending one ends every token below it. */
import { askTokens, isSecretOf, type Token, titleOf } from '../api/token.ts'
import { drawBranches } from '../output/branches.ts'
import type { Json } from '../output/output.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'

interface Branch {
  readonly token: Token
  readonly below: readonly Branch[]
}

export async function showTree(context: Context): Promise<void> {
  const { brand, out } = context
  const { api, login } = openSession(context)
  const live = (await askTokens(api, brand)).filter(({ revokedAt }) => revokedAt === undefined)
  const branches = branchesOf(live)
  const lineOf = (token: Token): string => {
    const { id, name, kind = '' } = token
    const words = [titleOf(token), name === undefined ? '' : id, kind].filter((word) => word !== '')
    return `${words.join('  ')}${isSecretOf(token, login.credential) ? '  (this login)' : ''}`
  }
  out.answer(
    branches.map(jsonOf),
    drawBranches(branches, ({ below }) => below).map(
      ({ node, before }) => `${before}${lineOf(node.token)}`,
    ),
  )
  if (branches.length === 0) out.note('There are no tokens.')
}

/** A token whose maker is not in the list, for instance because it is another person's, begins a branch. */
function branchesOf(tokens: readonly Token[]): readonly Branch[] {
  const ids = new Set(tokens.map(({ id }) => id))
  const below = Map.groupBy(tokens, ({ madeWith }) => madeWith)
  // Each token has one maker, so what hangs below a root can hold no circle.
  const branchOf = (token: Token): Branch => ({
    token,
    below: (below.get(token.id) ?? []).map(branchOf),
  })
  return tokens.filter(({ madeWith }) => madeWith === undefined || !ids.has(madeWith)).map(branchOf)
}

function jsonOf({ token, below }: Branch): Json {
  const { id, name = null, kind = null } = token
  return { id, name, kind, tokens: below.map(jsonOf) }
}
