// Forms and their fields: a label for each, errors tied to their field, no placeholder in place of a label.

import { attributes } from './attributes.ts'
import type { Content, Html } from './html.ts'
import { html } from './html.ts'
import type { Visit } from './visit.ts'

export interface Form {
  /** A path of ours with the prefix of the site, as `site.path` gives it. */
  readonly action: string
  readonly submit: string
  /** What the button does is not undone. */
  readonly isDanger?: boolean
  /** Secondary: the page has a more important button. */
  readonly isQuiet?: boolean
  /** For the script of passkeys, which shows and sends the form. */
  readonly more?: Readonly<Record<string, string | boolean>>
  /** The form stands in a row with others. */
  readonly isInline?: boolean
}

/** A form that only this browser can send. */
export function form(visit: Visit, given: Form, fields?: Content): Html {
  const { action, submit, isDanger, isQuiet, more, isInline } = given
  const look = isDanger === true ? 'danger' : isQuiet === true ? 'quiet' : undefined
  return html`<form
    method="post"
    action="${action}"
    ${attributes({ class: isInline && 'inline', ...more })}
  >
    ${visit.formToken()} ${fields}
    <button type="submit" ${attributes({ class: look })}>${submit}</button>
  </form>`
}

export interface Field {
  readonly name: string
  readonly label: string
  readonly type?: 'text' | 'email' | 'password'
  /** The token of the HTML standard, as `current-password`: password managers go by it. */
  readonly autocomplete?: string
  readonly value?: string | undefined
  readonly hint?: Content
  /** What is wrong with what was sent. */
  readonly error?: string | undefined
  readonly isOptional?: boolean
  readonly minLength?: number
  readonly maxLength?: number
  readonly inputMode?: 'numeric' | 'text'
  readonly hasFocus?: boolean
  /** Codes and keys: letters of one width, nothing corrected. */
  readonly isCode?: boolean
}

/** One field with its label, hint and error. */
export function field(given: Field): Html {
  const { name, label, hint, error, isCode = false } = given
  const described = [
    hint !== undefined && `${name}-hint`,
    error !== undefined && `${name}-error`,
  ].filter((id) => id !== false)
  const input = attributes({
    type: given.type ?? 'text',
    autocomplete: given.autocomplete ?? 'off',
    value: given.value,
    required: given.isOptional !== true,
    minlength: given.minLength,
    maxlength: given.maxLength ?? 512,
    inputmode: given.inputMode,
    autofocus: given.hasFocus === true,
    autocapitalize: isCode || given.type === 'email' ? 'none' : undefined,
    spellcheck: isCode ? 'false' : undefined,
    class: isCode && 'code',
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': error !== undefined && 'true',
  })
  return html`<div class="field">
    <label for="${name}">${label}</label>
    ${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
    ${error !== undefined && html`<p class="wrong" id="${name}-error">${error}</p>`}
    <input id="${name}" name="${name}" ${input} />
  </div>`
}

/** A field that is sent and not seen. */
export function hidden(name: string, value: string | undefined): Html | undefined {
  return value === undefined
    ? undefined
    : html`<input type="hidden" name="${name}" value="${value}" />`
}

/** Why it did not work; read out at once. */
export function alert(text: Content): Html {
  return html`<div class="alert" role="alert">${text}</div>`
}

/** That it worked. */
export function notice(text: Content): Html {
  return html`<div class="notice" role="status">${text}</div>`
}
