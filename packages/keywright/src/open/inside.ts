// What is behind an authority, for other parts of the roof. It is not on the authority itself: a product's own code has
// no use for the database or a key.

import type { KeyDeps } from '@keywright/core'
import type { OpenedStore } from '@keywright/storage'

export interface Inside extends KeyDeps {
  readonly accounts: OpenedStore['accounts']
  readonly accountsKey: Uint8Array
}

const insides = new WeakMap<object, Inside>()

export function rememberInside(authority: object, inside: Inside): void {
  insides.set(authority, inside)
}

/** @throws TypeError for an authority that `openAuthority` did not make */
export function insideOf(authority: object): Inside {
  const inside = insides.get(authority)
  if (inside === undefined) throw new TypeError('This authority was not made by openAuthority.')
  return inside
}
