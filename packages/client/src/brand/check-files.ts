// What can be wrong with the files of a brand.

import type { Findings } from './findings.ts'
import type { LooseRecord } from '../loose/record.ts'
import { recordOf, textOf } from '../loose/record.ts'

const NAMES = ['settings', 'credentials', 'singleFileVariable', 'file']

// One plain name: a path in it could lead out of the folder whose permissions are looked after.
const FILE_NAME = /^[A-Za-z0-9_.-]*[A-Za-z0-9]$/
const FOLDER_NAME = /^\.?[A-Za-z0-9][A-Za-z0-9_.-]*$/

export function checkFiles(findings: Findings, brand: LooseRecord): void {
  if (brand.files === undefined) return
  const { layout, read, directory, whenReadable, ...rest } = recordOf(brand.files)
  const isLayout = textOf(layout) !== '' && typeof read === 'function'
  const fix = 'use splitYaml({ … }), profilesJson({ … }) or hostsJson({ … })'
  findings.must(isLayout, 'files', ['is not a layout', fix])
  findings.known(Object.keys(rest), NAMES, (field) => `files.${field}`)
  for (const [field, name] of Object.entries(rest)) {
    findings.must(name === undefined || FILE_NAME.test(textOf(name)), `files.${field}`, [
      'cannot be used',
      'write one name without folders',
    ])
  }
  const [[base, folder] = ['', ''], ...more] = Object.entries(recordOf(directory))
  const isFolder = /^(home|xdg)$/.test(base) && FOLDER_NAME.test(textOf(folder))
  findings.must(isFolder && more.length === 0, 'files.directory', [
    'is not a folder',
    "use { home: '.acme' } for ~/.acme or { xdg: 'acme' } for ~/.config/acme",
  ])
  const answers = ['repair', 'refuse']
  findings.known([textOf(whenReadable ?? 'repair')], answers, () => 'files.whenReadable')
}
