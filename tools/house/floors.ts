/**
 * The floors of the house, written once. A package may import only from lower floors, and never
 * what it is said not to know: core does not know the wire, the server does not know the database.
 */

/** Where a package stands. */
export interface Floor {
  /** The folder below packages/. */
  folder: string
  floor: number
  neverKnows: readonly string[]
}

/** Package name to floor. */
export const FLOORS: Readonly<Record<string, Floor>> = {
  '@keywright/token': { folder: 'token', floor: 0, neverKnows: [] },
  '@keywright/contract': { folder: 'contract', floor: 0, neverKnows: [] },
  '@keywright/core': { folder: 'core', floor: 1, neverKnows: ['@keywright/contract'] },
  // Runs at the customers', so it brings nothing of ours with it.
  '@keywright/client': {
    folder: 'client',
    floor: 1,
    neverKnows: ['@keywright/token', '@keywright/contract'],
  },
  '@keywright/storage': { folder: 'storage', floor: 2, neverKnows: ['@keywright/contract'] },
  // Runs on laptops, on top of the client.
  '@keywright/cli-kit': {
    folder: 'cli-kit',
    floor: 2,
    neverKnows: ['@keywright/contract', '@keywright/core'],
  },
  '@keywright/verifier': { folder: 'verifier', floor: 2, neverKnows: [] },
  '@keywright/accounts': {
    folder: 'accounts',
    floor: 2,
    neverKnows: ['@keywright/storage', '@keywright/verifier'],
  },
  '@keywright/server': { folder: 'server', floor: 3, neverKnows: ['@keywright/storage'] },
  keywright: { folder: 'keywright', floor: 4, neverKnows: [] },
}

/** The roof: the one package that may read the clock, the environment and the terminal. */
export const ROOF = 'keywright'

/** Files below the roof that give what a package needs of the world its defaults, where it has no program above it. */
export const DEFAULTS: readonly string[] = [
  'packages/client/src/surroundings/defaults.ts',
  'packages/client/src/surroundings/find-machine.ts',
  'packages/cli-kit/src/world/process-world.ts',
]

/** The package's name when a specifier names one of ours, with or without a subpath. */
export function houseNameOf(specifier: string): string | undefined {
  return Object.keys(FLOORS).find((name) => specifier === name || specifier.startsWith(`${name}/`))
}

/** The name of the package that a path lies in. */
export function ownerOf(path: string): string | undefined {
  const folder = /^packages\/([^/]+)\//.exec(path)?.[1]
  return Object.keys(FLOORS).find((name) => FLOORS[name]?.folder === folder)
}

/** Why `from` must not depend on `to`; undefined when it may. */
export function whyForbidden(from: string, to: string): string | undefined {
  const own = FLOORS[from]
  const other = FLOORS[to]
  if (own === undefined || other === undefined) return 'has no floor in tools/house/floors.ts'
  if (own.neverKnows.includes(to)) return `must never know ${to}`
  if (other.floor < own.floor) return undefined
  return `stands on floor ${own.floor} and ${to} on floor ${other.floor}`
}
