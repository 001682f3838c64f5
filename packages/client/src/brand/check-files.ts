// What can be wrong with the files of a brand.

import type { BrandProblem } from './error.ts'
import type { LooseBrand, LooseRecord } from './loose.ts'
import { isRecord, textOf } from './loose.ts'

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'split-yaml': ['settings', 'credentials', 'singleFileVariable'],
  'profiles-json': ['file'],
  'hosts-json': ['file'],
}

// One plain name: a path in it could lead out of the folder whose permissions are looked after.
const FILE_NAME = /^[A-Za-z0-9_.-]*[A-Za-z0-9]$/
const FOLDER_NAME = /^\.?[A-Za-z0-9][A-Za-z0-9_.-]*$/

export function checkFiles({ files }: LooseBrand): BrandProblem[] {
  if (files === undefined) return []
  const known = Object.keys(FIELDS)
  if (!isRecord(files) || !known.includes(textOf(files.layout))) {
    const fix = `use one of ${known.join(', ')}`
    return [{ place: 'files.layout', problem: 'is not a layout', fix }]
  }
  return [
    ...checkFields(files, FIELDS[textOf(files.layout)] ?? []),
    ...checkDirectory(files.directory),
    ...checkReadable(files),
  ]
}

function checkFields(files: LooseRecord, own: readonly string[]): BrandProblem[] {
  const fields = ['layout', 'directory', 'whenReadable', ...own]
  return Object.entries(files).flatMap(([field, value]) => {
    const place = `files.${field}`
    if (!fields.includes(field)) {
      const fix = `this layout has ${fields.join(', ')}`
      return [{ place, problem: 'is not a field of this layout', fix }]
    }
    if (!own.includes(field)) return []
    const isVariable = field.endsWith('Variable')
    const shape = isVariable ? /^[A-Z][A-Z0-9_]*$/ : FILE_NAME
    if (typeof value === 'string' && shape.test(value)) return []
    const fix = isVariable ? "as 'CHRONICLE_CONFIG'" : "one name without folders, 'config.json'"
    return [{ place, problem: `'${textOf(value)}' cannot be used`, fix }]
  })
}

function checkDirectory(directory: unknown): BrandProblem[] {
  const entries = isRecord(directory) ? Object.entries(directory) : []
  const [base, name] = entries[0] ?? []
  const isFine = entries.length === 1 && (base === 'home' || base === 'xdg')
  if (isFine && typeof name === 'string' && FOLDER_NAME.test(name)) return []
  const fix = "use { home: '.acme' } for ~/.acme or { xdg: 'acme' } for ~/.config/acme"
  return [{ place: 'files.directory', problem: 'is not a folder', fix }]
}

function checkReadable({ whenReadable }: LooseRecord): BrandProblem[] {
  if (whenReadable === undefined || whenReadable === 'repair' || whenReadable === 'refuse')
    return []
  const problem = `'${textOf(whenReadable)}' is not an answer to a readable secret`
  return [{ place: 'files.whenReadable', problem, fix: "use 'repair' or 'refuse'" }]
}
