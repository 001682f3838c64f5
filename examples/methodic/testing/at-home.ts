// A machine of Jane's, from where the API stands at its documented address.

import type { Play, Played } from '@keywright/cli-kit/testing'
import { Home } from '@keywright/cli-kit/testing'
import { Chronicle } from '../client.ts'
import { methodic } from '../command-line.ts'
import type { StartedApp } from './start-app.ts'
import { startApp } from './start-app.ts'

export const API = 'https://api.methodiclabs.ai'
export const CREDENTIALS = '.methodic/credentials.yaml'
export const CONFIG = '.methodic/config.yaml'

export interface AtHome extends StartedApp {
  readonly home: Home
  /** What was asked of the API from this machine, as `GET https://…`. */
  readonly asked: readonly string[]
  /** @param command what stands behind `methodic` */
  run(command: string, play?: Omit<Play, 'args'>): Promise<Played>
  /** A program on this machine. */
  program(options?: ConstructorParameters<typeof Chronicle>[0], env?: Play['env']): Chronicle
}

export async function atHome(): Promise<AtHome> {
  const app = await startApp()
  const home = new Home()
  const asked: string[] = []
  const toApp: typeof fetch = (input, init) => {
    const { method, url } = new Request(input, init)
    asked.push(`${method} ${url}`)
    return fetch(url.replace(API, app.url), init)
  }
  return {
    ...app,
    home,
    asked,
    run: (command, play = {}) =>
      home.play(methodic, { args: command.split(' '), world: { fetch: toApp }, ...play }),
    program: (options = {}, env = {}) =>
      Chronicle.fromEnv({ host: { env, home: home.path, fetch: toApp }, ...options }),
  }
}
