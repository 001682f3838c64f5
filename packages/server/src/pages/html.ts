// Pages are written with the tag `html`, which escapes whatever is put in. Where a value would not be safe even when
// escaped (an attribute without quotes, a script, a comment, an `onclick`), the template is refused the first time it
// runs, so such a page is never served.

import {
  attributeText,
  Attributes,
  checkAttributeName,
  isUrlAttribute,
  safeUrl,
} from './attributes.ts'
import { escape } from './escape.ts'

/** Markup that is safe to send as it is. Only `html` makes it. */
export class Html {
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  static of(strings: TemplateStringsArray, values: readonly Slotted[]): Html {
    const places = placesOf(strings)
    let text = strings[0] as string
    for (const [index, value] of values.entries()) {
      text += fill(places[index] as Place, value) + (strings[index + 1] as string)
    }
    return new Html(text)
  }

  toString(): string {
    return this.#text
  }
}

/** What can stand in text. Nothing is written for undefined, null and false. */
export type Content = Html | string | number | undefined | null | false | readonly Content[]

type Slotted = Content | Attributes

/** Where in the markup a value stands. */
type Place = 'text' | 'value' | 'url' | 'attributes'

/** @throws TypeError for a template or value that cannot be made safe: a mistake in the page, never in what came in */
export function html(strings: TemplateStringsArray, ...values: readonly Slotted[]): Html {
  return Html.of(strings, values)
}

function fill(place: Place, value: Slotted): string {
  if (value instanceof Attributes) {
    if (place === 'attributes') return attributeText(value)
    throw new TypeError('attributes() stands inside a tag and outside of its values')
  }
  if (place === 'attributes') throw new TypeError('inside a tag, write attributes({ … })')
  if (place === 'text') return contentText(value)
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw new TypeError('an attribute takes a text or a number')
  }
  return escape(place === 'url' ? safeUrl(String(value)) : String(value))
}

function contentText(content: Content): string {
  if (content === undefined || content === null || content === false) return ''
  if (content instanceof Html) return content.toString()
  if (typeof content === 'object') return content.map(contentText).join('')
  return escape(String(content))
}

const known = new WeakMap<TemplateStringsArray, readonly Place[]>()

function placesOf(strings: TemplateStringsArray): readonly Place[] {
  let places = known.get(strings)
  if (places === undefined) {
    let before = ''
    places = strings.slice(0, -1).map((string) => {
      before += string
      const place = placeAfter(before)
      // Something stands there from now on, so that what follows is read as it will be.
      before += place === 'attributes' ? ' ' : 'x'
      return place
    })
    known.set(strings, places)
  }
  return places
}

const TAG_START = /<(?:\/?[a-z]|!)/i
/** A tag up to its end; quoted values may hold anything. */
const WHOLE_TAG = /^<\/?([a-z][a-z0-9]*)(?:"[^"]*"|[^"'>])*>/i
const DOCTYPE = /^<!doctype [a-z]+>/i
const OPEN_VALUE = /\s([a-z-]+)="([^"]*)$/i

/** Reads markup from its beginning; templates are short and this runs once for each. */
function placeAfter(markup: string): Place {
  let rest = markup
  for (;;) {
    const at = rest.search(TAG_START)
    if (at === -1) {
      if (/<\/?$/.test(rest)) throw unsafe('the name of a tag')
      return 'text'
    }
    rest = rest.slice(at)
    const length = tagLength(rest)
    if (length === undefined) return placeInTag(rest)
    rest = rest.slice(length)
  }
}

/** How long the tag is that markup begins with, with the inside of a script or style; undefined when it is not closed. */
function tagLength(markup: string): number | undefined {
  if (markup.startsWith('<!')) {
    const doctype = DOCTYPE.exec(markup)
    if (doctype === null) throw unsafe('a comment')
    return doctype[0].length
  }
  const [tag, name = ''] = WHOLE_TAG.exec(markup) ?? []
  if (tag === undefined) return undefined
  if (tag.startsWith('</') || !/^(?:script|style)$/i.test(name)) return tag.length
  const end = markup.indexOf(`</${name}>`)
  if (end === -1) throw unsafe(`<${name}>`)
  return end
}

function placeInTag(tag: string): Place {
  const isInValue = tag.split('"').length % 2 === 0
  if (!isInValue) {
    if (/[=<'/]$/.test(tag)) throw unsafe('an attribute without double quotes')
    return 'attributes'
  }
  const [, name = '', start = ''] = OPEN_VALUE.exec(tag) ?? []
  checkAttributeName(name)
  return isUrlAttribute(name) && start === '' ? 'url' : 'value'
}

function unsafe(where: string): TypeError {
  return new TypeError(`a value cannot stand in ${where}`)
}
