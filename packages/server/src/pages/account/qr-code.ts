// A QR code as markup of the page itself, so that the secret in it is in no address and no file.

import { encode } from 'uqr'
import type { Html } from '../html.ts'
import { html } from '../html.ts'

/** Light modules around it: ISO/IEC 18004 asks for four. */
const BORDER = 4

/** @param label what it is, for those who do not see it */
export function qrCode(text: string, label: string): Html {
  const { data, size } = encode(text, { ecc: 'M', border: BORDER })
  const path = data
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return html`<svg
    class="qr"
    role="img"
    aria-label="${label}"
    viewBox="0 0 ${size} ${size}"
    shape-rendering="crispEdges"
  >
    <path d="${path}" fill="#000" />
  </svg>`
}
