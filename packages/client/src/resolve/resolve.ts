// The one resolver: the client, `explain()`, `auth status` and `auth why` all read what this gives.

import type { Brand } from '../brand/brand.ts'
import { kindOf } from '../credential/kind.ts'
import { isSealed } from '../sealed/envelope.ts'
import type { Setting } from '../setting/setting.ts'
import type { Surroundings } from '../surroundings/surroundings.ts'
import type { Places, RankedCandidate } from './candidates.ts'
import { candidatesOf } from './candidates.ts'
import { describeSource } from './describe.ts'
import type { FileLayer, FileLayers } from '../file/reading.ts'
import type { NamedFiles } from './file-layers.ts'
import { readFileLayers } from './file-layers.ts'
import type { ConfigProblem, Resolution, ResolvedSetting } from './resolution.ts'

export interface ResolveRequest {
  readonly surroundings: Surroundings
  /** By option: `{ apiKey: '…' }`. What is undefined counts as not given. */
  readonly args?: Readonly<Record<string, unknown>>
  /** How the caller wrote them, for messages: `{ apiKey: '--api-key' }`. */
  readonly argumentNames?: Readonly<Record<string, string>> | undefined
  /** The profile to use, in a layout that has them. */
  readonly profile?: string | undefined
  /** Read these files and neither the environment nor the files of the brand. */
  readonly named?: NamedFiles | undefined
  /** A sealed credential stays as it is, and no key is asked for. */
  readonly keepsSealed?: boolean | undefined
}

/** Finds every value of every setting. Never throws: what is wrong is in `problems`. */
export function resolveSettings(brand: Brand, request: ResolveRequest): Resolution {
  const { surroundings, named, profile } = request
  const files = readFileLayers(brand, { surroundings, named, profile })
  const places: Places = {
    brand,
    args: request.args ?? {},
    argumentNames: request.argumentNames ?? {},
    env: named === undefined ? surroundings.env : {},
    layers: files.layers,
  }
  const layers = [...serverLayers(brand, places, files), ...files.layers]
  const orderOf = brand.preferStored?.orderIn({ ...places, layers })
  const found = resolveAll(brand, { ...places, layers, orderOf })
  const isKept = request.keepsSealed === true
  const settings = brand.store?.unseal(found, { brand, surroundings, isKept }) ?? found
  return {
    settings,
    problems: [
      ...files.problems,
      ...exclusiveProblems(brand, settings),
      ...settings.flatMap((resolved) => settingProblems(brand, resolved, request)),
      ...serverProblems(brand, settings),
    ],
    warnings: [...files.warnings, ...unknownNames(brand, layers)],
    files: files.files,
    profile: files.profile,
  }
}

/** The entry of the server that requests will go to: a login there says nothing about another one. */
function serverLayers(
  brand: Brand,
  places: Places,
  { layerFor }: FileLayers,
): readonly FileLayer[] {
  const server = candidatesOf(places, brand.server)[0]?.value
  const layer = typeof server === 'string' ? layerFor?.(server) : undefined
  return layer === undefined ? [] : [layer]
}

interface RankedSetting extends ResolvedSetting {
  readonly winner: RankedCandidate | undefined
}

function resolveAll(brand: Brand, places: Places): readonly RankedSetting[] {
  const found = new Map(
    brand.settings.map((setting) => [setting.name, candidatesOf(places, setting)]),
  )
  const best = (name: string): number => found.get(name)?.[0]?.rank ?? Infinity
  return brand.settings.map((setting) => {
    const candidates = found.get(setting.name) ?? []
    const group = brand.exclusive.filter((names) => names.includes(setting.name)).flat()
    const first = candidates[0]
    // A higher layer that names the same thing in another way hides all of these.
    const isHidden = first !== undefined && group.some((name) => best(name) < first.rank)
    if (isHidden) return { setting, winner: undefined, shadowed: candidates }
    return { setting, winner: first, shadowed: candidates.slice(1) }
  })
}

function exclusiveProblems(
  brand: Brand,
  settings: readonly ResolvedSetting[],
): readonly ConfigProblem[] {
  return brand.exclusive.flatMap((group) => {
    const winners = settings.filter(
      ({ setting, winner }) => winner !== undefined && group.includes(setting.name),
    )
    if (winners.length < 2) return []
    const places = winners.map(({ setting, winner }) => placeOf(setting, winner))
    const problem = `${places.join(' and ')} are both given, and name the same thing`
    return [{ code: 'exclusive_settings', problem, fix: 'keep one of them', place: places[0] }]
  })
}

function settingProblems(
  brand: Brand,
  { setting, winner }: ResolvedSetting,
  { named }: ResolveRequest,
): readonly ConfigProblem[] {
  if (winner === undefined) {
    if (!setting.isRequired) return []
    const problem = `there is no ${setting.name}`
    const fix = waysToGive(brand, setting, named !== undefined)
    return [{ code: 'missing_setting', problem, fix, place: undefined, setting: setting.name }]
  }
  if (winner.trouble !== undefined) return [winner.trouble]
  const place = placeOf(setting, winner)
  if (winner.problem !== undefined) {
    const problem = `${place} ${winner.problem}`
    return [{ code: 'invalid_setting', problem, fix: `correct it, or take it away`, place }]
  }
  if (setting.type !== 'credential' || typeof winner.value !== 'string') return []
  const foreign = whyForeign(brand, winner.value)
  if (foreign === undefined) return []
  const problem = `${place} is ${foreign}`
  const fix = `give a key of ${brand.client}: ${kindsOf(brand)}`
  return [{ code: 'foreign_credential', problem, fix, place }]
}

/** Whose secret it is, when it is somebody else's: it would tell this server a secret that is not its own. */
export function whyForeign(brand: Brand, credential: string): string | undefined {
  // A brand that seals has opened it by now.
  if (brand.store === undefined && isSealed(credential)) {
    return 'sealed, and only the version of the program that did it can open it'
  }
  const kind = kindOf(brand, credential)
  if (kind.type !== 'foreign' || Object.keys(brand.kinds).length === 0) return undefined
  return `a key of ${kind.product} ('${kind.prefix}…'), not one of ${brand.client}`
}

function serverProblems(
  brand: Brand,
  settings: readonly ResolvedSetting[],
): readonly ConfigProblem[] {
  const server = settings.find(({ setting }) => setting === brand.server)
  const value = server?.winner?.value
  if (server === undefined || typeof value !== 'string' || brand.allowsPlainHttp) return []
  if (isPrivateWay(value)) return []
  const place = placeOf(brand.server, server.winner)
  const problem = `${place} is plain http, so everybody on the way could read the credential`
  return [{ code: 'insecure_server', problem, fix: 'use https://', place }]
}

/** Whether nobody between here and there can read along: https, or this machine itself (RFC 8252 section 8.3). */
function isPrivateWay(server: string): boolean {
  const { protocol, hostname } = new URL(server)
  return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname)
}

function unknownNames(brand: Brand, layers: readonly FileLayer[]): readonly string[] {
  const known = new Set(brand.settings.map(({ name }) => name))
  return layers.flatMap(({ path, entries }) =>
    [...entries]
      .filter(([name]) => !known.has(name))
      .map(([name, { line }]) => `${at(path, line)}: ${brand.client} has no setting '${name}'`),
  )
}

function waysToGive(brand: Brand, setting: Setting, isNamed: boolean): string {
  const ways = isNamed ? ['write it into a file that you name'] : [`set ${setting.variable}`]
  if (!isNamed && setting === brand.credential && brand.login !== undefined) {
    ways.push(`run '${brand.login}'`)
  }
  ways.push(`pass ${setting.option}`)
  return ways.join(', or ')
}

function kindsOf(brand: Brand): string {
  return Object.values(brand.kinds)
    .map((shape) => (shape === 'jws' ? 'a JWT' : `'${shape}…'`))
    .join(', ')
}

function placeOf(setting: Setting, winner: ResolvedSetting['winner']): string {
  if (winner === undefined) return setting.name
  const { source } = winner
  const place = describeSource(source)
  // A variable and an argument name the setting already.
  return source.layer === 'files' ? `${setting.name} in ${place}` : place
}

function at(path: string, line: number | undefined): string {
  return line === undefined ? path : `${path}:${line}`
}
