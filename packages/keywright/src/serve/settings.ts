import { TrustedProxies } from '@keywright/server'
import { whyNoBaseUrl } from '../open/base-url.ts'
import { StartError } from '../open/start-error.ts'

/** What the environment says about a standalone server. */
export interface ServeSettings {
  /** 0 for a free one. */
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Where browsers find the pages; undefined when nobody said so. */
  readonly baseUrl: string | undefined
  /** Addresses and CIDR ranges of proxies whose forwarded headers are believed. */
  readonly trustedProxies: readonly string[]
}

const PORT = 4747
const HOST = '127.0.0.1'
const DATA_DIR = '.data/keywright'

/** Reads `PORT`, `HOST`, `DATA_DIR`, `BASE_URL` and `TRUSTED_PROXIES`; an empty variable counts as unset. @throws StartError */
export function readSettings(environment: NodeJS.ProcessEnv): ServeSettings {
  const port = Number(environment['PORT'] || PORT)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    const fix = 'Give a number from 0 (a free one) to 65535.'
    throw new StartError('setting_malformed', `PORT is '${environment['PORT']}'.`, fix)
  }
  return {
    port,
    host: environment['HOST'] || HOST,
    dataDir: environment['DATA_DIR'] || DATA_DIR,
    baseUrl: readBaseUrl(environment['BASE_URL'] ?? ''),
    trustedProxies: readProxies(environment['TRUSTED_PROXIES'] ?? ''),
  }
}

function readBaseUrl(text: string): string | undefined {
  if (text === '') return undefined
  const why = whyNoBaseUrl(text)
  if (why === undefined) return new URL(text).origin
  const fix = 'Give scheme, host and port alone, as in https://keys.example.com.'
  throw new StartError('setting_malformed', `BASE_URL is '${text}', which ${why}.`, fix)
}

function readProxies(list: string): readonly string[] {
  const entries = list
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  try {
    new TrustedProxies(entries)
    return entries
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'It cannot be read.'
    const fix = 'List addresses and CIDR ranges, separated by commas.'
    throw new StartError('setting_malformed', `TRUSTED_PROXIES: ${reason}`, fix)
  }
}
