/**
 * What the house rules look at: the files that are tracked or about to be, never what is ignored.
 * A rule states its breaches through `breaches`, which refuses to pass when there was nothing to
 * look at: a rule whose pattern went stale must not stay green.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The repository's folder. */
export const ROOT: string = join(import.meta.dirname, '..', '..')

/** A file of the repository; the path is relative to its root, with forward slashes. */
export interface HouseFile {
  path: string
  text: string
}

let listed: string[] | undefined

/** Paths of all files that are tracked, or untracked and not ignored. */
export function listPaths(): string[] {
  listed ??= execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))
    .filter((path) => statSync(join(ROOT, path)).isFile())
    .toSorted()
  return listed
}

/** Reads the files whose path matches. */
export function readFiles(pattern: RegExp): HouseFile[] {
  return listPaths()
    .filter((path) => pattern.test(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
}

/** Whether a path is a test: `x.test.ts` or a type test `x.test-d.ts`. */
export function isTest(path: string): boolean {
  return /\.test(-d)?\.ts$/.test(path)
}

/** Whether a path belongs to tests: a test itself, or what only tests import. */
export function isForTests(path: string): boolean {
  const folders = /^(packages\/[^/]+\/test(ing)?|examples\/[^/]+\/testing|e2e|conformance)\//
  return isTest(path) || folders.test(path)
}

/** All breaches of a rule. Throws when there is nothing to look at. */
export function breaches<T>(lookedAt: readonly T[], rule: (item: T) => string[]): string[] {
  if (lookedAt.length === 0) throw new Error('this rule found nothing to look at')
  return lookedAt.flatMap((item) => rule(item))
}
