import type { Html } from '../html.ts'
import { html } from '../html.ts'

/** A time of day in UTC; where the reader is, nobody has said. */
export function timeOf(ms: number): Html {
  const instant = new Date(ms).toISOString()
  const text = `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`
  return html`<time datetime="${instant}">${text}</time>`
}
