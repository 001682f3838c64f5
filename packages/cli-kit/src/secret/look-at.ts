/** What a secret is, told by its text alone. A shortened one, as lists and logs show it, is told too. */
import { type Brand, kindOf, maskFor } from '@keywright/client'
import { readSecret } from '@keywright/token'

/** What stands for the rest of a shortened secret. */
const SHORTENED = /(?:…|\.{3}|\*{3,})$/

export interface Look {
  readonly type: 'kind' | 'jwt' | 'foreign' | 'unknown'
  /** The kind's name in the brand. */
  readonly kind: string | undefined
  /** Whose it is, when it is another product's. */
  readonly product: string | undefined
  /** As it may be shown. */
  readonly shown: string
  /** Whether the checksum is right; undefined where the whole secret or the rule is not known. */
  readonly isWhole: boolean | undefined
}

/** @param hasChecksums whether the brand's secrets end with Keywright's checksum */
export function lookAt(brand: Brand, text: string, hasChecksums: boolean): Look {
  const isShort = SHORTENED.test(text)
  const secret = text.replace(SHORTENED, '')
  const found = kindOf(brand, secret)
  const canTell = hasChecksums && found.type === 'kind' && !isShort
  return {
    type: found.type,
    kind: found.type === 'kind' || found.type === 'jwt' ? found.kind : undefined,
    product: found.type === 'foreign' ? found.product : undefined,
    shown: maskFor(brand, secret),
    isWhole: canTell ? readSecret(secret) !== undefined : undefined,
  }
}
