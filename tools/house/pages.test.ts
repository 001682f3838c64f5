/** A markdown page has one title. */
import { expect, test } from 'vitest'
import { breaches, type HouseFile, readFiles } from './files.ts'
import { headingsOf } from './markdown.ts'

function wrongTitles({ path, text }: HouseFile): string[] {
  const titles = headingsOf(text).filter(({ level }) => level === 1)
  return titles.length === 1 ? [] : [`${path} has ${titles.length} headings of the first level`]
}

test('the rule sees a page without a title or with two', () => {
  expect(wrongTitles({ path: 'a.md', text: '## A\n' })).toHaveLength(1)
  expect(wrongTitles({ path: 'a.md', text: '# A\n\n# B\n' })).toHaveLength(1)
  expect(wrongTitles({ path: 'a.md', text: '# A\n\n```sh\n# comment\n```\n' })).toEqual([])
})

test('every markdown page has exactly one heading of the first level', () => {
  expect(breaches(readFiles(/\.md$/), wrongTitles)).toEqual([])
})
