// Somebody's machine with a home folder of its own, and `autolab` on it against an app that runs.

import { Home, type Play, type Played } from '@keywright/cli-kit/testing'
import { rememberSecret } from '../../../tools/canary/registry.ts'
import { autolab } from '../command-line.ts'

export const CREDENTIALS = '.config/autolab/credentials.json'

/** How access tokens look, alone on stdout. */
export const TOKEN_ALONE = /^(al_[0-9A-Za-z]{36})\n$/

type Change = Omit<Partial<Play>, 'args'>

export class Machine {
  readonly home = new Home()
  readonly #server: string | undefined

  /** @param server where it looks when nothing else says; undefined: where the login is */
  constructor(server?: string) {
    this.#server = server
  }

  /** @param command as it is typed after `autolab`, its words with one space between them */
  async run(command: string, change: Change = {}): Promise<Played> {
    const played = await this.home.play(autolab, {
      ...change,
      args: command.split(' '),
      env: {
        ...(this.#server !== undefined && { AUTOLAB_SERVER_URL: this.#server }),
        ...change.env,
      },
    })
    const token = TOKEN_ALONE.exec(played.stdout)?.[1]
    if (token !== undefined) rememberSecret(token)
    return played
  }

  /** In with a token, as on a machine without a browser. */
  async logIn(token: string): Promise<this> {
    const { exit, stderr } = await this.run('login --with-token', { piped: `${token}\n` })
    if (exit !== 0) throw new Error(`no login: ${stderr}`)
    return this
  }
}
