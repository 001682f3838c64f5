// An authority with accounts, mail that lies in a list, and browsers with cookie jars.

import { createHmac, randomBytes } from 'node:crypto'
import type { AccountAnswer, Visitor } from '@keywright/contract'
import type { Mail, OpenAccountsOptions, OwnAccounts } from 'keywright'
import { openAccounts } from 'keywright'
import { onTestFinished, vi } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { lab } from '../people/lab.ts'
import { openWorld } from '../world/open-world.ts'

export const PASSWORD = 'four words make a password'
export const OTHER_PASSWORD = 'another four words make one'
const EMAIL = 'ada@lab.example'

/** What an answer that must be good holds. */
export function good<Extra extends object>(
  answer: AccountAnswer<Extra>,
): { readonly ok: true; readonly setCookies: readonly string[] } & Extra {
  if (!answer.ok) throw new Error(`refused as ${answer.code}: ${answer.detail}`)
  return answer
}

/** The code of a refusal, or 'ok'. */
export function codeOf(answer: AccountAnswer): string {
  return answer.ok ? 'ok' : answer.code
}

/** A browser: it keeps cookies and sends them back. */
export class Browser {
  readonly jar = new Map<string, string>()
  network: string | undefined
  userAgent = 'test browser'

  get visitor(): Visitor {
    const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = new Headers({ 'user-agent': this.userAgent })
    if (cookie !== '') headers.set('cookie', cookie)
    return { headers, network: this.network }
  }

  /** Takes over the cookies of an answer, as a browser would. */
  async take<Extra extends object>(
    answering: Promise<AccountAnswer<Extra>>,
  ): Promise<AccountAnswer<Extra>> {
    const answer = await answering
    for (const header of answer.setCookies) this.#set(header)
    return answer
  }

  /** Another browser with a copy of the cookies: somebody who stole them. */
  copy(): Browser {
    const thief = new Browser()
    for (const [name, value] of this.jar) thief.jar.set(name, value)
    return thief
  }

  #set(header: string): void {
    const [pair = '', ...attributes] = header.split(';').map((part) => part.trim())
    const [name = '', value = ''] = pair.split(/=(.*)/s)
    for (const needed of ['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']) {
      if (!attributes.includes(needed)) throw new Error(`the cookie ${name} lacks ${needed}`)
    }
    if (!name.startsWith('__Host-')) throw new Error(`the cookie ${name} has another prefix`)
    if (attributes.some((attribute) => attribute.startsWith('Domain'))) {
      throw new Error(`the cookie ${name} names a domain`)
    }
    if (attributes.includes('Max-Age=0')) {
      this.jar.delete(name)
      return
    }
    rememberSecret(value)
    this.jar.set(name, value)
  }
}

export interface House {
  readonly world: Awaited<ReturnType<typeof openWorld>>
  /** Other ones after `reopen`. */
  readonly accounts: OwnAccounts
  readonly mails: readonly Mail[]
  /** The token in the link of the latest mail. */
  token(): string
  /** Stops and starts again over the same database. */
  reopen(): Promise<void>
  /** An account with this address, and a browser that is signed in to it. */
  enter(email?: string, password?: string): Promise<Browser>
}

/** Opens accounts that live as long as the test. Only dates are faked, so that the test can move them. */
export async function openHouse(options: Partial<OpenAccountsOptions> = {}): Promise<House> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') })
  onTestFinished(() => void vi.useRealTimers())
  const clock = { now: () => Date.now(), monotonic: () => Date.now() }
  // Not the worlds' usual chance: a secret of one test must not be a public value of the next.
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
  const world = await openWorld(lab, { clock, random })
  const mails: Mail[] = []
  const given: OpenAccountsOptions = {
    baseUrl: 'https://lab.example',
    sendMail: async (mail) => {
      const token = /token=([^\s&]+)/.exec(mail.text)?.[1]
      if (token !== undefined) rememberSecret(token)
      mails.push(mail)
    },
    onMailFailed: (error) => {
      throw error
    },
    ...options,
  }
  let accounts = await openAccounts(world.authority, given)
  rememberSecret(PASSWORD)
  rememberSecret(OTHER_PASSWORD)
  const token = (): string => /token=([^\s&]+)/.exec(mails.at(-1)?.text ?? '')?.[1] ?? ''
  return {
    world,
    get accounts() {
      return accounts
    },
    mails,
    token,
    async reopen() {
      await world.reopen()
      accounts = await openAccounts(world.authority, given)
    },
    async enter(email = EMAIL, password = PASSWORD) {
      const browser = new Browser()
      good(await accounts.signUp({ name: 'Ada', email, password }, browser.visitor))
      const request = { token: token(), password }
      good(await browser.take(accounts.verifyEmail(request, browser.visitor)))
      return browser
    },
  }
}

/** Moves the date forward. */
export function wait(ms: number): void {
  vi.setSystemTime(Date.now() + ms)
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** What an authenticator app shows for an `otpauth:` URI now, or some steps of 30 s away (RFC 6238). */
export function totpOf(uri: string, steps = 0): string {
  const text = new URL(uri).searchParams.get('secret') ?? ''
  const bits = Array.from(text.replaceAll('=', ''))
    .map((digit) => BASE32.indexOf(digit).toString(2).padStart(5, '0'))
    .join('')
  const secret = Buffer.from(
    Array.from({ length: Math.floor(bits.length / 8) }, (_, index) =>
      Number.parseInt(bits.slice(8 * index, 8 * index + 8), 2),
    ),
  )
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const number = mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff
  return String(number % 1_000_000).padStart(6, '0')
}
