/** A file is named after what it does, in kebab case. */
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { breaches, listPaths } from './files.ts'

const SAYS_NOTHING = /^(utils?|helpers?|common|misc|shared|stuff|lib)$/
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/
const KINDS = /(\.(test|test-d|d|config))?\.ts$/

function badNames(path: string): string[] {
  const parts = posix
    .dirname(path)
    .split('/')
    .filter((part) => part !== '.')
  parts.push(posix.basename(path).replace(KINDS, ''))
  return parts.flatMap((part) => {
    if (!KEBAB.test(part)) return [`${path}: ${part} is not kebab-case`]
    const empty = part.split('-').filter((word) => SAYS_NOTHING.test(word))
    return empty.map((word) => `${path}: "${word}" says nothing`)
  })
}

test('the rule sees names that say nothing and names in another case', () => {
  for (const path of [
    'a/utils.ts',
    'a/string-utils.ts',
    'a/helpers.test.ts',
    'shared/a.ts',
    'a/readKey.ts',
    'a/read_key.ts',
    'a/read.spec.ts',
  ]) {
    expect(badNames(path), path).toHaveLength(1)
  }
  for (const path of ['a/read-key.ts', 'a/read.test.ts', 'a/read.test-d.ts', 'vitest.config.ts']) {
    expect(badNames(path), path).toEqual([])
  }
})

test('every source file and its folders are named in kebab case, after what they do', () => {
  expect(
    breaches(
      listPaths().filter((path) => path.endsWith('.ts')),
      badNames,
    ),
  ).toEqual([])
})
