/**
 * What a test tells the canary scan of its run: which secrets were made, and where output and
 * data went. Everything is kept in files below the run's canary folder, because tests run in many
 * processes and the scan in another one, when all have ended.
 */
import { appendFileSync, cpSync, lstatSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { CANARY_LENGTH_MIN } from './forms.ts'

/** Names the run's canary folder; set by the global set-up. */
export const CANARY_DIR = 'KEYWRIGHT_CANARY_DIR'

/** Places below a canary folder. */
export const CANARY_PLACES = {
  secrets: 'secrets.jsonl',
  folders: 'folders.jsonl',
  sinks: 'sinks',
  kept: 'kept',
} as const

let sinksOpened = 0

/** Has the scan look for this secret in every sink of the run. */
export function rememberSecret(secret: string): void {
  if (secret.length < CANARY_LENGTH_MIN) {
    throw new TypeError(`a canary has ${CANARY_LENGTH_MIN} characters at least`)
  }
  appendLine(CANARY_PLACES.secrets, secret)
}

/** A new file that is scanned at the end: tee a process's stdout, stderr or log into it. */
export function openSink(name: string): string {
  const folder = join(canaryFolder(), CANARY_PLACES.sinks)
  mkdirSync(folder, { recursive: true })
  sinksOpened += 1
  const path = join(folder, `${plain(name)}-${process.pid}-${sinksOpened}.log`)
  writeFileSync(path, '')
  return path
}

/** Has the scan look into a data folder where it stands. It must still exist when the run ends. */
export function addSinkFolder(path: string): void {
  appendLine(CANARY_PLACES.folders, resolve(path))
}

/** Copies a data folder for the scan, before its test deletes it. */
export function keepSink(folder: string): void {
  const parent = join(canaryFolder(), CANARY_PLACES.kept)
  mkdirSync(parent, { recursive: true })
  const copy = mkdtempSync(join(parent, `${plain(folder).slice(-40)}-`))
  cpSync(folder, copy, { recursive: true, filter: isFileOrFolder })
}

function isFileOrFolder(path: string): boolean {
  const stats = lstatSync(path)
  return stats.isFile() || stats.isDirectory()
}

function appendLine(place: string, text: string): void {
  appendFileSync(join(canaryFolder(), place), `${JSON.stringify(text)}\n`)
}

function plain(name: string): string {
  return name.replaceAll(/[^0-9A-Za-z]+/g, '-')
}

function canaryFolder(): string {
  const folder = process.env[CANARY_DIR]
  if (folder === undefined || folder === '') {
    throw new Error(`${CANARY_DIR} is not set: run this test through vitest and its global set-up`)
  }
  return folder
}
