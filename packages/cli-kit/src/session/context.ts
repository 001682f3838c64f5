import type { Brand, FilePlaces } from '@keywright/client'
import type { Output } from '../output/output.ts'
import type { Store } from '../store/store.ts'
import type { CommandLine } from '../tree/command-line.ts'
import type { World } from '../world/world.ts'
import type { Texts } from './texts.ts'

/** What every command is given. */
export interface Context {
  readonly line: CommandLine
  readonly brand: Brand
  readonly texts: Texts
  readonly world: World
  readonly out: Output
  /** `--no-input`. */
  readonly isInputOff: boolean
  /** `--yes`. */
  readonly isYes: boolean
  /** The flags that come before the environment: `--api-key`, `--profile`. */
  readonly everywhere: {
    readonly credential: string | undefined
    readonly profile: string | undefined
  }
  /** Opened when first asked for. Undefined for a brand without files. */
  store(): Promise<Store | undefined>
  readonly places: FilePlaces | undefined
}
