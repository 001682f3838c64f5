/** The repository names no machine: neither a folder of one nor the host its packages came from. */
import { expect, test } from 'vitest'
import { breaches, type HouseFile, isTest, readFiles } from './files.ts'

const MACHINE_PATH = /(?<![\w.~$}*)-])\/(work|root|home|Users|tmp)\//
const TEMPORARY = /(?<![\w.~$}*)-])\/tmp\//g
const REGISTRY =
  /\b((registry|npm|packages?|artifactory|nexus|verdaccio)\.[\w-]+\.[a-z]{2,}|[\w.-]+\/(artifactory|npm-registry|repository\/npm))\b/i

function namedPlaces({ path, text }: HouseFile): string[] {
  return text.split('\n').flatMap((line, index) => {
    const seen = isTest(path) ? line.replaceAll(TEMPORARY, '') : line
    const found: string[] = []
    if (MACHINE_PATH.test(seen)) found.push(`${path}:${index + 1} names a machine's folder`)
    if (REGISTRY.test(seen)) found.push(`${path}:${index + 1} names a package registry`)
    return found
  })
}

test('the rule sees machine paths and registry hosts', () => {
  const folder = (name: string): string => ['', name, 'x'].join('/')
  for (const name of ['work', 'root', 'home', 'Users', 'tmp']) {
    expect(namedPlaces({ path: 'a.md', text: `see ${folder(name)}` })).toHaveLength(1)
  }
  expect(namedPlaces({ path: 'a.test.ts', text: folder('tmp') })).toEqual([])
  expect(namedPlaces({ path: 'a.test.ts', text: folder('root') })).toHaveLength(1)
  expect(
    namedPlaces({ path: 'a.md', text: `examples${folder('home')} and ~${folder('work')}` }),
  ).toEqual([])
  const host = ['registry', 'npmjs', 'org'].join('.')
  expect(
    namedPlaces({ path: 'package-lock.json', text: `"resolved": "https://${host}/a"` }),
  ).toHaveLength(1)
})

test('no file names a folder of a machine or a package registry', () => {
  expect(breaches(readFiles(/^(?!LICENSE$)/), namedPlaces)).toEqual([])
})
