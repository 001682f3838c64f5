/** `keywright keys tree`: which key made which. */
import { Failure, type Given, type Json, type OwnContext } from '@keywright/cli-kit'
import type { SeenKey } from '../../client/answers.ts'
import { Keywright } from '../../client/keywright.ts'
import { keyId } from './key-id.ts'
import { standingOf } from './standing.ts'

/** A key with those that were made with it. */
interface Branch {
  readonly key: SeenKey
  readonly children: readonly Branch[]
}

export async function showTree(own: OwnContext, { argument }: Given): Promise<void> {
  const keys: SeenKey[] = []
  const top = argument === undefined ? undefined : keyId(argument)
  for await (const key of own.client(Keywright).keys.list()) keys.push(key)
  const branches = branchesOf(keys, top)
  if (top !== undefined && branches.length === 0) {
    throw new Failure('not_found', `There is no key ${top}.`, {
      hint: 'Ids are those of `keywright keys ls`.',
    })
  }
  const drawn = own.branches(branches, ({ children }) => children)
  const rows = drawn.map(({ node, before }) => rowOf(node.key, before))
  own.answer(branches.map(jsonOf), own.table(rows))
}

/** The whole forest, or the branch of one key. A key whose parent is not ours to see stands at the top. */
function branchesOf(keys: readonly SeenKey[], top: string | undefined): Branch[] {
  const ids = new Set(keys.map(({ id }) => id))
  const below = Map.groupBy(keys, ({ parent_id }) => parent_id)
  const isTop = ({ id, parent_id }: SeenKey): boolean =>
    top === undefined ? parent_id === null || !ids.has(parent_id) : id === top
  const branch = (key: SeenKey): Branch => ({
    key,
    children: (below.get(key.id) ?? []).map(branch),
  })
  return keys.filter(isTop).map(branch)
}

function rowOf(key: SeenKey, before: string): readonly string[] {
  const { id, kind, resource, name } = key
  return [`${before}${id}`, kind, resource, standingOf(key), name ?? '']
}

function jsonOf({ key, children }: Branch): Json {
  return { ...key, children: children.map(jsonOf) }
}
