import type { Definition } from '@keywright/core'
import { headOf } from '@keywright/core'

/** What a right definition describes, in lines to read. */
export function checkCommand(file: string, definition: Definition): string[] {
  const { product, kinds, scopes, modes } = definition
  const lines = [
    `${file} describes ${product.name}: ${kinds.size} kinds of keys, ${scopes.length} scopes.`,
  ]
  for (const kind of kinds.values()) {
    const heads = (modes.length > 0 ? modes : [null]).map((mode) => `${headOf(kind, mode)}_…`)
    const minters =
      kind.mintedBy.length > 0 ? `minted by ${kind.mintedBy.join(', ')}` : 'minted by the product'
    lines.push(
      `  ${kind.name}: ${heads.join(', ')} bound to ${kind.bound.join(' or ')}, ${minters}, may ${kind.grants.join(', ')}`,
    )
  }
  return lines
}
