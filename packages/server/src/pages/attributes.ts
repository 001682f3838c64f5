// Attributes that are there or not: `<input ${attributes({ required: true })}>`.

import { escape } from './escape.ts'

type AttributeValue = string | number | boolean | undefined

/** Attributes of one tag. */
export class Attributes {
  readonly values: Readonly<Record<string, AttributeValue>>

  constructor(values: Readonly<Record<string, AttributeValue>>) {
    this.values = values
  }
}

/** True is an attribute without a value; false and undefined are none. */
export function attributes(values: Readonly<Record<string, AttributeValue>>): Attributes {
  return new Attributes(values)
}

/** @throws TypeError for a name or a URL that cannot be made safe */
export function attributeText({ values }: Attributes): string {
  const parts: string[] = []
  for (const [name, value] of Object.entries(values)) {
    checkAttributeName(name)
    if (value === undefined || value === false) continue
    const text = isUrlAttribute(name) ? safeUrl(String(value)) : String(value)
    parts.push(value === true ? name : `${name}="${escape(text)}"`)
  }
  return parts.join(' ')
}

/** @throws TypeError for an attribute that would be run as code or as style */
export function checkAttributeName(name: string): void {
  const isPlain = /^[a-z][a-z-]*$/i.test(name)
  if (!isPlain || /^on/i.test(name) || name === 'style' || name === 'srcdoc') {
    throw new TypeError(`the attribute '${name}' takes no value`)
  }
}

const URL_ATTRIBUTES: ReadonlySet<string> = new Set(['href', 'src', 'action', 'formaction'])

export function isUrlAttribute(name: string): boolean {
  return URL_ATTRIBUTES.has(name)
}

/** A URL that leads somewhere and runs nothing. @throws TypeError for any other scheme, as `javascript:` */
export function safeUrl(url: string): string {
  if (/^(?:\/(?![/\\])|#|https?:\/\/|otpauth:\/\/|mailto:)/.test(url)) return url
  throw new TypeError('a link starts with /, #, http://, https://, mailto: or otpauth://')
}
