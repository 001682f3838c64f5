// A client in surroundings that exist in memory, against a server that is real.

import type { ClientOptions, SettingsOf } from '../src/index.ts'
import type { chronicle } from './brands.ts'
import { Chronicle } from './chronicle.ts'
import type { TestServer } from './server.ts'
import { surroundingsOf } from './surroundings.ts'

export const KEY = 'sk_user_4f1QmZr8TnYx2LcVb7HsKd'

/** What the client waited, in milliseconds, instead of waiting it. */
export interface Waits {
  readonly waits: number[]
}

/** A Chronicle of that server. Time stands still at `now`; waiting is noted and takes none. */
export function chronicleOf(
  { url }: Pick<TestServer, 'url'>,
  options: ClientOptions<SettingsOf<typeof chronicle>> & { readonly now?: number } = {},
): Chronicle & Waits {
  const { now = 0, ...rest } = options
  const waits: number[] = []
  const host = {
    ...surroundingsOf(),
    now: () => now,
    random: () => 0.5,
    sleep: (ms: number) => {
      waits.push(ms)
      return Promise.resolve()
    },
  }
  const client = new Chronicle({ apiKey: KEY, serverUrl: url, host, ...rest })
  return Object.assign(client, { waits })
}
