import type { Html } from '../html.ts'
import { html } from '../html.ts'
import { scopeInWords } from './scope-words.ts'

/** What a program could do, as a list. */
export function scopeList(scopes: readonly string[]): Html {
  const items = scopes.map(
    (scope) => html`<li>${scopeInWords(scope)} <span class="hint">(${scope})</span></li>`,
  )
  return html`<p>It could, as far as you can yourself:</p>
    <ul>
      ${items}
    </ul>`
}

/** A fact and what it is, for a list of terms. */
export function fact(name: string, value: Html | string): Html {
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`
}
