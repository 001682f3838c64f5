// Every value that a setting has somewhere, in the order in which they count.

import type { Brand, CredentialFunction } from '../brand/brand.ts'
import { kindOf, maskFor } from '../credential/kind.ts'
import type { Entry } from '../file/entries.ts'
import type { ReadValue } from '../setting/read.ts'
import { readText, readTyped } from '../setting/read.ts'
import type { Layer, Setting } from '../setting/setting.ts'
import type { FileLayer } from '../file/reading.ts'
import type { Candidate, Source } from './resolution.ts'

/** A candidate with the number of its layer: lower counts first, equal is the same layer. */
export interface RankedCandidate extends Candidate {
  readonly rank: number
}

export interface Places {
  readonly brand: Brand
  readonly args: Readonly<Record<string, unknown>>
  /** How the caller wrote an option: `--api-key` for `apiKey`. */
  readonly argumentNames: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly layers: readonly FileLayer[]
  /** The order of a setting's layers, where it is not its own. */
  readonly orderOf?: ((setting: Setting) => readonly Layer[]) | undefined
}

/** Ranks leave room for as many files as a layout can have. */
const RANKS_PER_LAYER = 100

export function candidatesOf(places: Places, setting: Setting): readonly RankedCandidate[] {
  return (places.orderOf?.(setting) ?? setting.precedence).flatMap((layer, index) => {
    const rank = index * RANKS_PER_LAYER
    switch (layer) {
      case 'argument':
        return argumentOf(places, setting).map((found) => ({ ...found, rank }))
      case 'environment':
        return variableOf(places, setting).map((found) => ({ ...found, rank }))
      case 'files':
        return places.layers.flatMap((file, number) =>
          entryOf(places.brand, setting, file).map((found) => ({ ...found, rank: rank + number })),
        )
      case 'default':
        return defaultOf(places, setting).map((found) => ({ ...found, rank }))
    }
  })
}

function argumentOf({ brand, args, argumentNames }: Places, setting: Setting): Candidate[] {
  const value = args[setting.option]
  if (value === undefined) return []
  const name = argumentNames[setting.option] ?? setting.option
  const source: Source = { layer: 'argument', name }
  if (setting.type === 'credential' && typeof value === 'function') {
    const shown = '(a function)'
    return [{ source, value: value as CredentialFunction, shown, problem: undefined }]
  }
  return [candidate({ brand, setting, source }, readTyped(setting, value))]
}

// An empty variable counts as unset: shells and CI systems cannot always leave one out.
function variableOf({ brand, env }: Places, setting: Setting): Candidate[] {
  const text = env[setting.variable]
  if (text === undefined || text.trim() === '') return []
  const source: Source = { layer: 'environment', variable: setting.variable }
  return [candidate({ brand, setting, source }, readText(setting, text))]
}

function entryOf(brand: Brand, setting: Setting, file: FileLayer): Candidate[] {
  const entry = file.entries.get(setting.name)
  if (entry === undefined || entry.value === null || entry.value === '') return []
  const source: Source = {
    layer: 'files',
    path: file.path,
    line: entry.line,
    section: file.section,
  }
  return [candidate({ brand, setting, source }, readTyped(setting, meant(setting, entry)))]
}

// `organization_id: 0123` in YAML is a number to the parser and an id to whoever wrote it.
function meant(setting: Setting, { value, text }: Entry): unknown {
  const isTextual = setting.type === 'text' || setting.type === 'credential'
  return isTextual && text !== undefined && typeof value !== 'string' ? text : value
}

function defaultOf({ brand }: Places, setting: Setting): Candidate[] {
  const { default: value } = setting
  if (value === undefined) return []
  return [candidate({ brand, setting, source: { layer: 'default' } }, { ok: true, value })]
}

/** Where a candidate stands: of which brand, for which setting, from which source. */
interface Place {
  readonly brand: Brand
  readonly setting: Setting
  readonly source: Source
}

function candidate({ brand, setting, source }: Place, read: ReadValue): Candidate {
  if (!read.ok) {
    const shown = setting.type === 'credential' ? '…' : '(not valid)'
    return { source, value: undefined, shown, problem: read.problem }
  }
  const { value } = read
  const text = String(value)
  // A key that somebody put into another setting is no less a secret there.
  const isSecret = setting.type === 'credential' || /^(kind|jwt)$/.test(kindOf(brand, text).type)
  const shown = isSecret ? maskFor(brand, text) : text
  return { source, value, shown, problem: undefined }
}
