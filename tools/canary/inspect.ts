/**
 * Scans what a run left in its canary folder. Says where a secret was found, by file and by the
 * secret's start, never the secret. A full run in which nothing was remembered or nothing was
 * written fails as well: a scan that had nothing to look at proves nothing.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readSecret, startOf } from '@keywright/token'
import { CANARY_PLACES } from './registry.ts'
import { createScanner } from './scanner.ts'
import { stripShownOnce } from './shown-once.ts'

/** What is wrong with a run, a sentence each; empty when it is clean. */
export function inspectRun(folder: string, options: { fullRun: boolean }): string[] {
  const secrets = readLines(join(folder, CANARY_PLACES.secrets))
  const folders = readLines(join(folder, CANARY_PLACES.folders))
  const sinks = filesBelow(join(folder, CANARY_PLACES.sinks)).map((path) => ({
    path,
    bytes: Buffer.from(stripShownOnce(readFileSync(path, 'latin1')), 'latin1'),
    written: readFileSync(path).length > 0,
  }))
  const data = [join(folder, CANARY_PLACES.kept), ...folders].flatMap((root) => filesBelow(root))

  const problems = folders
    .filter((path) => !existsSync(path))
    .map((path) => `${path} was deleted before it was scanned: call keepSink first`)
  if (options.fullRun && secrets.length === 0) problems.push('no secret was remembered')
  if (options.fullRun && !sinks.some((sink) => sink.written)) problems.push('no sink was written')

  const scan = createScanner(secrets)
  const report = (path: string, bytes: Buffer): void => {
    for (const secret of scan(bytes)) {
      problems.push(`${relative(folder, path)} contains the secret ${shownStart(secret)}…`)
    }
  }
  for (const { path, bytes } of sinks) report(path, bytes)
  for (const path of data) report(path, readFileSync(path))
  return problems
}

function shownStart(secret: string): string {
  return readSecret(secret) === undefined ? secret.slice(0, 4) : startOf(secret)
}

function readLines(path: string): string[] {
  if (!existsSync(path)) return []
  const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean)
  return [...new Set(lines.map((line): string => JSON.parse(line)))]
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
