/** Decision records are numbered without gaps and say why, in three headings. */
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { breaches, type HouseFile, readFiles } from './files.ts'
import { headingsOf } from './markdown.ts'

const HEADINGS = ['Context', 'Decision', 'Consequences']

function wrongRecord({ path, text }: HouseFile, index: number): string[] {
  const expected = String(index + 1).padStart(4, '0')
  const wrong: string[] = []
  if (!new RegExp(`^${expected}-[a-z0-9-]+\\.md$`).test(posix.basename(path))) {
    wrong.push(`${path} should have the number ${expected}: numbers are unique and consecutive`)
  }
  const found = headingsOf(text).filter(({ level }) => level === 2)
  if (found.map((heading) => heading.text).join() !== HEADINGS.join()) {
    wrong.push(`${path} should have the headings ${HEADINGS.join(', ')}`)
  }
  return wrong
}

test('the rule sees a gap, a repeated number and a missing heading', () => {
  const text = '# A\n\n## Context\n\n## Decision\n\n## Consequences\n'
  expect(wrongRecord({ path: 'docs/decisions/0001-a.md', text }, 0)).toEqual([])
  expect(wrongRecord({ path: 'docs/decisions/0003-a.md', text }, 1)).toHaveLength(1)
  expect(wrongRecord({ path: 'docs/decisions/0001-b.md', text }, 1)).toHaveLength(1)
  expect(
    wrongRecord({ path: 'docs/decisions/0001-a.md', text: '# A\n\n## Context\n' }, 0),
  ).toHaveLength(1)
})

test('the list of decisions names every record', () => {
  const [list] = readFiles(/^docs\/decisions\/README\.md$/)
  const records = readFiles(/^docs\/decisions\/(?!README\.md$).*$/)
  const isMissing = ({ path }: HouseFile): string[] =>
    list?.text.includes(`](${posix.basename(path)})`) === true ? [] : [`${path} is not in the list`]
  expect(breaches(records, isMissing)).toEqual([])
})

test('decision records are numbered one by one and have their three headings', () => {
  const records = readFiles(/^docs\/decisions\/(?!README\.md$).*$/)
  const numbered = records.map((file, index) => ({ file, index }))
  expect(breaches(numbered, ({ file, index }) => wrongRecord(file, index))).toEqual([])
})
