/** A relative link leads to a tracked file, and its fragment to a heading there. */
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { breaches, listPaths, readFiles } from './files.ts'
import { headingsOf, linksOf } from './markdown.ts'

const pages = readFiles(/\.md$/)
const anchorsByPath = new Map(
  pages.map(({ path, text }) => [path, new Set(headingsOf(text).map(({ anchor }) => anchor))]),
)
const places = new Set(
  listPaths().flatMap((path) => {
    const parts = path.split('/')
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'))
  }),
)

function deadLink(path: string, link: string): string[] {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return []
  const [target = '', fragment] = decodeURI(link).split('#')
  const place = target === '' ? path : posix.join(posix.dirname(path), target).replace(/\/$/, '')
  if (place !== '.' && !places.has(place)) return [`${path}: ${link} leads nowhere`]
  if (fragment === undefined || !place.endsWith('.md')) return []
  return anchorsByPath.get(place)?.has(fragment) ? [] : [`${path}: ${link} names no heading`]
}

test('the rule sees links that lead nowhere', () => {
  const [page] = pages
  const path = page?.path ?? ''
  const anchor = [...(anchorsByPath.get(path) ?? [])][0] ?? ''
  expect(deadLink(path, 'no-such-page.md')).toHaveLength(1)
  expect(deadLink(path, '#no-such-heading')).toHaveLength(1)
  expect(deadLink(path, `#${anchor}`)).toEqual([])
  expect(deadLink(path, 'https://example.com/no-such-page')).toEqual([])
})

test('links and headings are read from prose, not from code', () => {
  const page =
    '# A `b` c!\n\n[a](x.md "t") `[b](y.md)` ![c](<z.png>)\n\n```sh\n# no [d](w.md)\n```\n\n## A b c\n\n[e]: v.md\n'
  expect(linksOf(page)).toEqual(['x.md', 'z.png', 'v.md'])
  expect(headingsOf(page).map(({ anchor }) => anchor)).toEqual(['a-b-c', 'a-b-c-1'])
})

test('no relative link in a markdown page is dead', () => {
  const links = pages.flatMap(({ path, text }) => linksOf(text).map((link) => ({ path, link })))
  expect(breaches(links, ({ path, link }) => deadLink(path, link))).toEqual([])
})
