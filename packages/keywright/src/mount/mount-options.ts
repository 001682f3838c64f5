import type { Authority } from '@keywright/core'
import type { RoutesOptions } from '@keywright/server'
import { systemClock } from '../open/clock.ts'
import { systemRandom } from '../open/random.ts'

/** What an app may say about Keywright's routes; everything has a default. */
export type MountOptions = Omit<RoutesOptions, 'authority' | 'clock' | 'random'> &
  Partial<Pick<RoutesOptions, 'clock' | 'random'>>

/** The routes' options with the machine's own time and chance. */
export function routesOptions(authority: Authority, options: MountOptions): RoutesOptions {
  return { clock: systemClock, random: systemRandom, ...options, authority }
}
