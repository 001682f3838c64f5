/** What a killed process said it had done: each line after the change was acknowledged, `intent` before it is asked for. */
export type Report =
  | { readonly op: 'loaded' | 'open' }
  | {
      readonly op: 'intent'
      readonly name: string
      readonly kind: 'org'
      readonly resource: string
    }
  | { readonly op: 'mint'; readonly name: string; readonly id: string; readonly secret: string }
  | { readonly op: 'rotate'; readonly id: string; readonly secret: string }
  | { readonly op: 'revoke'; readonly id: string }
  | { readonly op: 'narrow'; readonly id: string; readonly name: string }
  | { readonly op: 'use'; readonly units: number }
