/** docs/reference/brand.md lists every field of a brand as the types have it, and no other. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const read = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const PAGE = read('docs/reference/brand.md')
const SOURCES = ['brand/brand.ts', 'setting/setting.ts', 'file/layout.ts'].map((path) =>
  read(`packages/client/src/${path}`),
)

/** The fields of an interface: what stands two spaces in. */
function fieldsOf(...names: readonly string[]): string[] {
  const fields = names.flatMap((name) => {
    const shape = new RegExp(`^(?:export )?interface ${name}\\b[^{]*{\\n(.*?)^}`, 'ms')
    const body = SOURCES.map((text) => shape.exec(text)?.[1]).find((text) => text !== undefined)
    if (body === undefined) throw new Error(`there is no interface ${name}`)
    return [...body.matchAll(/^ {2}readonly (\w+)\??:/gm)].map((match) => match[1] ?? '')
  })
  return [...new Set(fields)].toSorted()
}

/** The fields in the table below a heading. */
function rowsOf(heading: string): string[] {
  const section = PAGE.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? ''
  return [...section.matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1] ?? '').toSorted()
}

const SETTINGS = ['SettingFields', 'CredentialSetting', 'NumberSetting', 'TextSetting']
const LAYOUTS = ['LayoutInput', 'SplitYamlInput', 'ProfilesJsonInput', 'HostsJsonInput']

test.each([
  ['Brand', ['BrandInput']],
  ['Setting', SETTINGS],
  ['Files', LAYOUTS],
  ['Routes', ['Routes']],
])('the page lists the fields of %s', (heading, interfaces) => {
  const fields = fieldsOf(...interfaces)
  expect(fields.length).toBeGreaterThan(5)
  expect(rowsOf(heading)).toEqual(fields)
})
