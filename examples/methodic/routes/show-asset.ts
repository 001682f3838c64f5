import type { Asset } from '../data/assets.ts'
import { instantOf } from '../instant-of.ts'

/** An asset on the wire, without its content. */
export function showAsset({ uploaded_at, ...asset }: Asset): object {
  return { ...asset, uploaded_at: instantOf(uploaded_at) }
}
