import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributes } from './attributes.ts'
import { html } from './html.ts'

/** Under a name that the formatter does not know, so that templates stay as they are written. */
const tag = html

/** What a browser reads where the entities stand. */
function read(escaped: string): string {
  return escaped
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
}

const nasty = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '"',
        "'",
        '&',
        '/',
        '=',
        '`',
        '-->',
        '<script>',
        '</p>',
        '&lt',
        ' ',
      ),
    )
    .map((parts) => parts.join('')),
)

describe('html', () => {
  it('lets no text break out of an element, and shows it as it came', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const inner = /^<p>(.*)<\/p>$/s.exec(String(tag`<p>${text}</p>`))?.[1] ?? 'none'
        expect(inner).not.toMatch(/[<>"']/)
        expect(inner.replaceAll(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&')
        expect(read(inner)).toBe(text)
      }),
    )
  })

  it('lets no text break out of an attribute, in the template or in attributes()', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const made of [
          tag`<p title="${text}">a</p>`,
          tag`<p ${attributes({ title: text })}>a</p>`,
        ]) {
          const value = /^<p title="([^"]*)">a<\/p>$/.exec(String(made))?.[1] ?? 'none'
          expect(value).not.toMatch(/[<>"']/)
          expect(read(value)).toBe(text)
        }
      }),
    )
  })

  it('puts markup into markup, and lists, and nothing for what is absent', () => {
    const items = ['a<b', 'c'].map((text) => tag`<li>${text}</li>`)
    const made = tag`<ul class="x">${items}${undefined}${null}${false}${0}</ul>`
    expect(String(made)).toBe('<ul class="x"><li>a&lt;b</li><li>c</li>0</ul>')
  })

  it('writes attributes that are there or not', () => {
    const given = attributes({ required: true, disabled: false, minlength: 3, title: undefined })
    expect(String(tag`<input name="a" ${given} />`)).toBe(
      '<input name="a" required minlength="3" />',
    )
  })

  it.each<[string, () => unknown]>([
    ['an attribute without quotes', () => tag`<p title=${'a'}></p>`],
    ['an attribute in single quotes', () => tag`<p title='${'a'}'></p>`],
    ['the name of a tag', () => tag`<${'a'}>`],
    ['an event handler', () => tag`<p onclick="${'a'}"></p>`],
    ['a style', () => tag`<p style="${'a'}"></p>`],
    [
      'a script',
      () =>
        tag`<script>
          ${'a'}
        </script>`,
    ],
    ['a comment', () => tag`<!-- ${'a'} -->`],
    ['the inside of a tag', () => tag`<p ${'a'}></p>`],
    ['an attribute, as markup', () => tag`<p title="${tag`a`}"></p>`],
    ['text, as attributes', () => tag`<p>${attributes({})}</p>`],
    ['attributes(), as an event handler', () => tag`<p ${attributes({ onclick: 'a' })}></p>`],
    ['a link that runs', () => tag`<a href="${'javascript:alert(1)'}">a</a>`],
    ['a link without a scheme', () => tag`<a href="${'//evil.example'}">a</a>`],
    ['a link in attributes()', () => tag`<a ${attributes({ href: 'data:text/html,a' })}>a</a>`],
  ])('refuses a value that would stand in %s', (_where, make) => {
    expect(make).toThrow(TypeError)
  })

  it('keeps its place after whole tags, quoted signs and a script of its own', () => {
    const made = tag`<!doctype html><p title="a > b">${'<'}</p><script src="/x.js"></script><b>${'&'}</b>`
    expect(String(made)).toContain(
      '<p title="a > b">&lt;</p><script src="/x.js"></script><b>&amp;</b>',
    )
  })
})
