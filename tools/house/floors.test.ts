/** Imports point down, and reach of another package only what its `exports` name. */
import { posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { importSpecifiers } from './code.ts'
import { breaches, type HouseFile, isForTests, listPaths, readFiles } from './files.ts'
import { FLOORS, houseNameOf, ownerOf, whyForbidden } from './floors.ts'

interface Manifest {
  name: string
  exports?: Record<string, string>
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}

const manifests = new Map<string, Manifest>(
  readFiles(/^((packages|examples)\/[^/]+|bench)\/package\.json$/).map(({ path, text }) => [
    posix.dirname(path),
    JSON.parse(text),
  ]),
)
const exported = new Set(
  [...manifests.values()].flatMap(({ name, exports }) =>
    Object.keys(exports ?? {}).map((place) => posix.join(name, place)),
  ),
)

function wrongImports(file: HouseFile): string[] {
  return importSpecifiers(file.text).flatMap((specifier) =>
    (specifier.startsWith('.')
      ? wrongRelative(file.path, specifier)
      : wrongNamed(file.path, specifier)
    ).map((reason) => `${file.path} imports ${specifier}: ${reason}`),
  )
}

function wrongRelative(path: string, specifier: string): string[] {
  const target = posix.join(posix.dirname(path), specifier)
  const [room, folder] = path.split('/')
  const [targetRoom, targetFolder] = target.split('/')
  if (targetRoom === 'packages') {
    const same = room === 'packages' && folder === targetFolder
    if (!same) return ['import the package by its name, not its files']
    return importsTesting(target) && !isForTests(path) ? ['a source does not import testing/'] : []
  }
  if (room === 'packages' && !(targetRoom === 'tools' && isForTests(path))) {
    return ['a package does not reach out of its folder']
  }
  return []
}

function importsTesting(target: string): boolean {
  return /^packages\/[^/]+\/testing\//.test(target)
}

function wrongNamed(path: string, specifier: string): string[] {
  const to = houseNameOf(specifier)
  if (to === undefined) return []
  const wrong: string[] = []
  if (!exported.has(specifier)) wrong.push(`${to} does not export it`)
  if (specifier.endsWith('/testing') && !isForTests(path)) wrong.push('testing is for tests')
  const from = ownerOf(path)
  // A package's own tests may see it as its users do, by its name.
  if (from === to)
    return isForTests(path) ? wrong : ['a package does not import itself by its name']
  if (from !== undefined) {
    const reason = whyForbidden(from, to)
    if (reason !== undefined) wrong.push(`${from} ${reason}`)
  }
  const manifest = manifests.get(
    path
      .split('/')
      .slice(0, path.startsWith('bench/') ? 1 : 2)
      .join('/'),
  )
  const declared = { ...manifest?.dependencies, ...(isForTests(path) && manifest?.devDependencies) }
  if (manifest !== undefined && declared[to] === undefined)
    wrong.push('package.json does not list it')
  return wrong
}

describe('floors', () => {
  test('the rule sees what it forbids', () => {
    const breach = (path: string, specifier: string): string =>
      wrongImports({ path, text: `import '${specifier}'` }).join()
    expect(breach('packages/core/src/a.ts', '@keywright/server')).toContain('floor 3')
    expect(breach('packages/storage/src/a.ts', '@keywright/verifier')).toContain('floor 2')
    expect(breach('packages/server/src/a.ts', '@keywright/storage')).toContain('never know')
    expect(breach('packages/core/src/a.ts', '@keywright/token/src/read.ts')).toContain('not export')
    expect(breach('packages/server/src/a.ts', '@keywright/core/testing')).toContain('for tests')
    expect(breach('packages/core/src/a.ts', '../testing/b.ts')).toContain('testing')
    expect(breach('packages/core/src/a.ts', '../../token/src/b.ts')).toContain('by its name')
    expect(breach('packages/core/src/a.ts', '../../../tools/b.ts')).toContain('out of its folder')
    expect(breach('packages/core/src/a.test.ts', '../../../tools/canary/registry.ts')).toBe('')
    expect(breach('e2e/a.test.ts', '../packages/server/src/a.ts')).toContain('by its name')
    expect(breach('packages/core/src/a.ts', '@keywright/token')).toBe('')
    expect(breach('packages/core/src/a.ts', '@keywright/core')).toContain('itself')
    expect(breach('packages/core/test/a.test.ts', '@keywright/core/testing')).toBe('')
    expect(breach('packages/core/src/a.ts', './b.ts')).toBe('')
  })

  test('no import points up, sideways or behind the exports of a package', () => {
    const code = readFiles(/^(packages|examples|bench|e2e|conformance|tools)\/.*\.ts$/)
    expect(breaches(code, wrongImports)).toEqual([])
  })

  test('every package has its floor, and depends only on lower ones', () => {
    const packages = [...manifests].filter(([folder]) => folder.startsWith('packages/'))
    const wrong = breaches(packages, ([folder, manifest]) => {
      if (FLOORS[manifest.name]?.folder !== posix.basename(folder))
        return [`${folder} has no floor`]
      return Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }).flatMap(
        (name) => {
          const to = houseNameOf(name)
          const reason = to === undefined ? undefined : whyForbidden(manifest.name, to)
          return reason === undefined ? [] : [`${folder}/package.json: ${manifest.name} ${reason}`]
        },
      )
    })
    expect(wrong).toEqual([])
  })

  test('what a package exports exists', () => {
    const paths = new Set(listPaths())
    const wrong = breaches([...manifests], ([folder, { exports }]) =>
      Object.values(exports ?? {})
        .map((target) => posix.join(folder, target))
        .filter((target) => !paths.has(target)),
    )
    expect(wrong).toEqual([])
  })
})
