/** Tokens of the person at the server: what `token ls`, `show` and `revoke` are about. */
import type { Brand } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import type { Api } from './api.ts'
import { type Fields, fieldsOf, rowsOf, textOf } from './read-answer.ts'

/** Pages that are read at most; a list that never ends is a fault of the server. */
const PAGES_MAX = 1000

export interface Token {
  readonly id: string
  readonly name: string | undefined
  readonly start: string | undefined
  readonly kind: string | undefined
  readonly scopes: readonly string[]
  /** Id of the token it was made with, and ends with. */
  readonly madeWith: string | undefined
  readonly createdAt: string | undefined
  readonly lastUsedAt: string | undefined
  readonly expiresAt: string | undefined
  readonly revokedAt: string | undefined
}

/** All tokens, over all pages. */
export async function askTokens(api: Api, brand: Brand): Promise<readonly Token[]> {
  const tokens: Token[] = []
  let cursor: string | undefined
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await api.call(
      brand.routes.listKeys,
      cursor === undefined ? {} : { query: { cursor } },
    )
    tokens.push(...rowsOf(answer).flatMap(tokenOf))
    const next = textOf(fieldsOf(answer), 'next_cursor')
    if (next === undefined) return tokens
    if (next === cursor) break
    cursor = next
  }
  throw new Failure('server_failed', 'The list of tokens does not end.')
}

/**
 * The one live token with this name, this id, or an id that begins so.
 *
 * @throws Failure `not_found`, or `ambiguous` rather than guess which one is to end
 */
export function findToken(tokens: readonly Token[], wanted: string): Token {
  // Every id begins with nothing: a variable that is not set would end the one token that there is.
  if (wanted.trim() === '') {
    throw new Failure('usage', 'The token has no name.', { hint: 'Give its name or its id.' })
  }
  const live = tokens.filter(({ revokedAt }) => revokedAt === undefined)
  const exact = live.filter(({ id, name }) => id === wanted || name === wanted)
  const found = exact.length > 0 ? exact : live.filter(({ id }) => id.startsWith(wanted))
  const [token, ...others] = found
  if (token === undefined) {
    throw new Failure('not_found', `There is no token called ${wanted}.`, {
      hint: 'Names and ids are those of `token ls`.',
    })
  }
  if (others.length > 0) {
    const names = found.map(({ id, ...token }) => {
      const told = [token.name, token.createdAt && `made ${token.createdAt}`].filter(Boolean)
      return told.length === 0 ? id : `${id} (${told.join(', ')})`
    })
    throw new Failure('ambiguous', `More than one token fits ${wanted}: ${names.join(', ')}.`, {
      hint: 'Give the whole id of one.',
    })
  }
  return token
}

/** The live tokens that were made with this one, or with one of those: what ends when it does. */
export function tokensMadeWith(tokens: readonly Token[], id: string): readonly Token[] {
  const ids = new Set([id])
  let found: readonly Token[] = []
  for (;;) {
    const more = tokens.filter(
      (token) =>
        token.revokedAt === undefined && ids.has(token.madeWith ?? '') && !ids.has(token.id),
    )
    if (more.length === 0) return found
    for (const token of more) ids.add(token.id)
    found = [...found, ...more]
  }
}

/** What a token is called where people read it. */
export function titleOf({ id, name }: Pick<Token, 'id' | 'name'>): string {
  return name ?? id
}

/** Whether a credential is a secret of this token, as far as its beginning tells. */
export function isSecretOf({ start }: Token, credential: string): boolean {
  return start !== undefined && credential.startsWith(start.replace(/…$/, ''))
}

/** The secret in the answer to making or rotating a token. @throws Failure when the server did not say it */
export function secretIn(answer: Fields, name: string): string {
  const secret = textOf(answer, 'key', 'token', 'secret')
  if (secret !== undefined) return secret
  throw new Failure('not_this_product', 'The server made a secret and did not say it.', {
    hint: `Revoke ${name} and try again.`,
  })
}

function tokenOf(row: Fields): Token[] {
  const id = textOf(row, 'id')
  if (id === undefined) return []
  const { scopes } = row
  return [
    {
      id,
      name: textOf(row, 'name', 'label', 'description'),
      start: textOf(row, 'start', 'prefix'),
      kind: textOf(row, 'kind'),
      scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
      madeWith: textOf(row, 'made_with', 'parent_id'),
      createdAt: textOf(row, 'created_at'),
      lastUsedAt: textOf(row, 'last_used_at'),
      expiresAt: textOf(row, 'expires_at'),
      revokedAt: textOf(row, 'revoked_at'),
    },
  ]
}
