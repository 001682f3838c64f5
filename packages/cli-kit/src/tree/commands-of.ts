/** Which commands and flags a product has. */
import type { Brand } from '@keywright/client'
import { CATALOGUE, type CommandName, entryOf, type FlagName } from './catalogue.ts'
import type { CommandLine } from './command-line.ts'

/** Only where a product names it: others of the machine see arguments, and shells keep them. */
const ON_REQUEST: ReadonlySet<FlagName> = new Set(['token'])

const BROWSER_FLAGS: ReadonlySet<FlagName> = new Set([
  'device',
  'web',
  'no-browser',
  'qr',
  'start',
  'complete',
])
const ORGANIZATION_FLAGS: ReadonlySet<FlagName> = new Set(['organization', 'personal'])

/** The commands in the order of the help. */
export function commandsOf(line: CommandLine): readonly CommandName[] {
  return (
    line.commands ?? (Object.keys(CATALOGUE) as CommandName[]).filter((name) => fits(line, name))
  )
}

/** The flags of a command. */
export function flagsOf(line: CommandLine, name: CommandName): readonly FlagName[] {
  const named = line.flags?.[name] ?? []
  if (line.isStrict === true) return named
  const own = entryOf(name).entry.flags.filter((flag) => fitsFlag(line, flag))
  return [...new Set([...own, ...named])]
}

function fits(line: CommandLine, name: CommandName): boolean {
  const { brand, login, providerKeys } = line
  if (['list', 'bind', 'unbind'].includes(name)) return brand.files?.layout === 'profiles-json'
  if (name === 'hosts') return brand.files?.layout === 'hosts-json'
  if (name === 'switch') return brand.files?.layout !== 'split-yaml'
  if (name === 'approve') return login.way === 'browser'
  if (name === 'keys rm') return providerKeys?.routes.remove !== undefined
  if (/^config\b/.test(name)) return brand.files !== undefined
  if (['token rotate', 'token tree', 'run'].includes(name)) return fitsServer(line, name)
  return providerKeys !== undefined || !/^keys\b/.test(name)
}

/** What only a Keywright server has. A product with routes of its own names these commands when they work there. */
function fitsServer({ brand, tokenFields }: CommandLine, name: CommandName): boolean {
  const { createKey, listKeys, rotateKey } = brand.routes
  const isOurs = listKeys === 'GET /v1/keys' && createKey === 'POST /v1/keys'
  if (name === 'token rotate') return isOurs && rotateKey === 'POST /v1/keys/{id}/rotate'
  return isOurs && (name !== 'run' || tokenFields !== undefined)
}

/** Whether a token can be made for another machine, which redeems a code for it. */
function hasPickups({ routes }: Brand): boolean {
  return routes.createPickup !== undefined && routes.redeemPickup !== undefined
}

function fitsFlag({ brand, login }: CommandLine, flag: FlagName): boolean {
  if (ON_REQUEST.has(flag)) return false
  if (flag === 'pickup') return brand.routes.redeemPickup !== undefined
  if (flag === 'send') return hasPickups(brand)
  if (BROWSER_FLAGS.has(flag)) return login.way === 'browser'
  if (ORGANIZATION_FLAGS.has(flag)) return brand.organization !== undefined
  if (flag === 'store') return brand.store !== undefined
  return flag !== 'profile' || brand.files?.layout === 'profiles-json'
}
