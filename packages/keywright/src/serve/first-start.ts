// What a person needs on the first start: an admin key, and two commands that work when pasted.

import type { Authority, Definition, Kind } from '@keywright/core'
import { isForGood, isPersonal } from '@keywright/core'

/** The kind of key that an operator begins with: the first that is bound to a top-level resource. */
export function adminKindOf(definition: Definition): Kind | undefined {
  return [...definition.kinds.values()].find(
    (kind) => !isPersonal(kind) && topOf(kind) !== undefined,
  )
}

function topOf({ bound }: Kind): string | undefined {
  return bound.find((pattern) => !pattern.includes('/'))
}

/** A key for the operator, in each mode, for the resource called `default`. */
export async function mintAdminKeys(
  authority: Authority,
  kind: Kind,
): Promise<{ readonly mode: string | null; readonly secret: string }[]> {
  const { modes } = authority.definition
  const minted: { mode: string | null; secret: string }[] = []
  for (const mode of modes.length > 0 ? modes : [null]) {
    minted.push({ mode, secret: await mintAdminKey(authority, kind, mode) })
  }
  return minted
}

async function mintAdminKey(
  authority: Authority,
  kind: Kind,
  mode: string | null,
): Promise<string> {
  const { keys } = authority.asOperator('first-start')
  const resource = `${topOf(kind)}/default`
  const minted = await keys.mint(kind.name, {
    resource,
    name: 'admin',
    ...(mode === null ? {} : { mode }),
  })
  if (minted.ok) return minted.secret as string
  if (minted.code !== 'key_exists') throw unmintable(minted.detail)
  // A `single` kind has no second key beside a lost one: that key gets a new secret, and the lost one ends.
  const listed = await keys.list({ kind: kind.name, resource })
  const lost = listed.ok
    ? listed.keys.find((key) => key.mode === mode && !isForGood(key.standing))
    : undefined
  if (lost === undefined) throw unmintable(minted.detail)
  const rotated = await keys.rotate(lost.id)
  if (!rotated.ok) throw unmintable(rotated.detail)
  return rotated.secret as string
}

function unmintable(detail: string): Error {
  return new Error(`The admin key cannot be minted: ${detail}`)
}

/** The lines to print. The secrets in them are shown once and nowhere else. */
export function bannerOf(
  definition: Definition,
  url: string,
  keys: readonly { readonly mode: string | null; readonly secret: string }[],
): string[] {
  const [first, ...others] = keys
  if (first === undefined) return []
  const lines = [`admin key (shown once): ${first.secret}`]
  for (const { mode, secret } of others) lines.push(`${mode} admin key (shown once): ${secret}`)
  const mint = mintExample(definition)
  if (mint !== undefined)
    lines.push('mint a key:', `  ${curl(`${url}/v1/keys`, first.secret, mint)}`)
  const verify = { credential: first.secret }
  lines.push(
    'verify this key, or put another in its place:',
    `  ${curl(`${url}/v1/verify`, first.secret, verify)}`,
  )
  return lines
}

function mintExample(definition: Definition): object | undefined {
  const admin = adminKindOf(definition)
  const child = [...definition.kinds.values()].find((kind) =>
    kind.mintedBy.includes(admin?.name ?? ''),
  )
  const top = admin && topOf(admin)
  const bound = child?.bound.find((pattern) => pattern.split('/')[0] === top)
  if (child === undefined || bound === undefined) return undefined
  const resource = bound
    .split('/')
    .map(
      (collection, depth) =>
        `${collection}/${depth === 0 ? 'default' : `${collection.slice(0, 3)}_1`}`,
    )
    .join('/')
  return { kind: child.name, resource, name: 'my first key' }
}

function curl(url: string, secret: string, body: object): string {
  const json = JSON.stringify(body).replaceAll("'", '')
  return `curl -s ${url} -H 'Authorization: Bearer ${secret}' -H 'Content-Type: application/json' -d '${json}'`
}
