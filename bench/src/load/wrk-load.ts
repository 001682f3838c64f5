import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Load } from './load.ts'
import { CONNECTIONS } from './load.ts'

const SCRIPT = fileURLToPath(new URL('requests.lua', import.meta.url))
const RATE = /Requests\/sec:\s+([\d.]+)/
const TROUBLE = /Non-2xx or 3xx responses: \d+|Socket errors: .*/

export interface WrkOptions {
  /** Where the file of requests is written. */
  readonly folder: string
  readonly seconds: number
}

/** A load out of wrk: one thread, so that a machine of two cores has one for the server. */
export function wrkLoad(wrk: string, { folder, seconds }: WrkOptions): Load {
  return async (url, requests) => {
    const file = join(folder, 'requests.txt')
    const lines = requests.map((asked) =>
      [asked.method, asked.path, asked.bearer, asked.body].join('\t'),
    )
    writeFileSync(file, `${lines.join('\n')}\n`)
    const options = ['-t1', `-c${CONNECTIONS}`, `-d${seconds}s`, '-s', SCRIPT, url, '--', file]
    const { stdout } = await promisify(execFile)(wrk, options)
    const trouble = TROUBLE.exec(stdout)?.[0]
    if (trouble !== undefined) throw new Error(`The load met trouble: ${trouble}`)
    const rate = Number(RATE.exec(stdout)?.[1])
    if (!Number.isFinite(rate) || rate === 0) throw new Error(`wrk said no rate: ${stdout}`)
    return rate
  }
}
