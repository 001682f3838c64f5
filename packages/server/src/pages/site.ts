// What all pages share, made once when they are mounted.

import type { Accounts } from '@keywright/contract'
import type { Door } from '../door/door.ts'
import { readAssets } from './assets/read.ts'
import type { Assets } from './assets/read.ts'

export interface Site {
  readonly door: Door
  readonly accounts: Accounts
  /** As titles name it. */
  readonly productName: string
  /** Scheme, host and port that browsers see: what an `Origin` must be. */
  readonly origin: string
  readonly isHttps: boolean
  readonly assets: Assets
  /** The path of one of our pages as a browser sees it: an app may have mounted the routes below a prefix. */
  path(path: `/${string}`): string
}

/** @param prefix of the app that the routes are mounted in; empty when they stand alone */
export function openSite(door: Door, accounts: Accounts, prefix: string): Site {
  const { origin } = accounts
  return {
    door,
    accounts,
    productName: door.authority.definition.product.name,
    origin,
    isHttps: origin.startsWith('https:'),
    assets: readAssets(prefix),
    path: (path) => prefix + path,
  }
}
