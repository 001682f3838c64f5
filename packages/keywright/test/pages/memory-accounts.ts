// Accounts in memory: what pages need of them and no more. Passwords are compared as they are, the authenticator's code
// is always the same, and a passkey is whoever its answer names.

import { randomUUID } from 'node:crypto'
import type {
  AccountAnswer,
  AccountRefusalCode,
  AccountRefused,
  Accounts,
  Passkey,
  Session,
  SignUpRequest,
  Visitor,
} from '@keywright/contract'

export const TOTP_CODE = '123456'
export const RECOVERY_CODE = 'rcvr-0001'
export const STRONG = 'correct horse battery staple'

interface Account {
  readonly personId: string
  name: string
  readonly email: string
  password: string
  isSecondFactorOn: boolean
  passkeys: Passkey[]
}

export interface MemoryAccounts extends Accounts {
  /** What would have been mailed: the link, or what it says to somebody known. */
  readonly mails: { readonly to: string; readonly link: string }[]
  /** Makes somebody's sign-in too old for what needs a fresh one. */
  age(): void
}

export function openMemoryAccounts(
  origin: string,
  join: (name: string, email: string) => Promise<string>,
): MemoryAccounts {
  return new Memory(origin, join).accounts()
}

const OK = { ok: true, setCookies: [] } as const

function refuse(
  code: AccountRefusalCode,
  detail: string,
  retryAfterSeconds?: number,
): AccountRefused {
  return {
    ok: false,
    code,
    detail,
    setCookies: [],
    ...(retryAfterSeconds && { retryAfterSeconds }),
  }
}

const WRONG = refuse('invalid_credentials', 'This is not your password.')
const WEAK = refuse('weak_password', 'Use 12 characters at least.')
const DEAD = refuse('invalid_link', 'The link was used or has expired.')
const NOBODY = refuse('not_signed_in', 'Nobody is signed in. Sign in first.')

class Memory {
  readonly #origin: string
  readonly #join: (name: string, email: string) => Promise<string>
  readonly #byEmail = new Map<string, Account>()
  readonly #waiting = new Map<string, SignUpRequest>()
  readonly #resets = new Map<string, Account>()
  readonly #sessions = new Map<string, { account: Account; id: string; isOld: boolean }>()
  readonly #halfway = new Map<string, Account>()
  #attempts = 0
  readonly #mails: { to: string; link: string }[] = []

  constructor(origin: string, join: (name: string, email: string) => Promise<string>) {
    this.#origin = origin
    this.#join = join
  }

  #cookie(visitor: Visitor, name: string): string {
    const cookies = visitor.headers.get('cookie') ?? ''
    return new RegExp(`(?:^|; )${name}=([^;]*)`).exec(cookies)?.[1] ?? ''
  }

  #own(visitor: Visitor) {
    return this.#sessions.get(this.#cookie(visitor, 'memory_session'))
  }

  #open(account: Account): AccountAnswer<{ next: 'signed_in' }> {
    const secret = randomUUID()
    this.#sessions.set(secret, { account, id: `ses_${this.#sessions.size + 1}`, isOld: false })
    const cookie = `memory_session=${secret}; Path=/; HttpOnly; SameSite=Lax`
    return { ok: true, setCookies: [cookie], next: 'signed_in' }
  }

  #mail(to: string, path: string): void {
    this.#mails.push({ to, link: `${this.#origin}${path}` })
  }

  #session({ account, id }: { account: Account; id: string }): Session {
    const { personId, name, email } = account
    return { id, personId, name, email, authenticatedAt: 0, expiresAt: 4_000_000_000_000 }
  }

  #with(
    visitor: Visitor,
    change: (account: Account) => AccountRefused | undefined,
  ): Promise<AccountAnswer> {
    const own = this.#own(visitor)
    return Promise.resolve(own === undefined ? NOBODY : (change(own.account) ?? OK))
  }

  accounts(): MemoryAccounts {
    return {
      origin: this.#origin,
      providers: [{ id: 'corp', name: 'Corp <SSO>' }],
      mails: this.#mails,
      age: () => [...this.#sessions.values()].forEach((each) => (each.isOld = true)),
      sessionOf: async (visitor) => {
        const own = this.#own(visitor)
        return own && this.#session(own)
      },
      signUp: async (request) => this.#signUp(request),
      verifyEmail: async (request) => this.#verify(request),
      signIn: async ({ email, password }) => {
        this.#attempts += 1
        if (this.#attempts > 3)
          return refuse('too_many_attempts', 'Wait a minute, then try again.', 60)
        const account = this.#byEmail.get(email)
        if (account?.password !== password) {
          return refuse('invalid_credentials', 'The address or the password is wrong.')
        }
        this.#attempts = 0
        if (!account.isSecondFactorOn) return this.#open(account)
        this.#halfway.set('half', account)
        return {
          ok: true,
          setCookies: ['memory_half=half; Path=/; HttpOnly'],
          next: 'second_factor',
        }
      },
      secondFactor: async ({ code }, visitor) => {
        const account = this.#halfway.get(this.#cookie(visitor, 'memory_half'))
        const isRight = code === TOTP_CODE || code === RECOVERY_CODE
        if (account === undefined || !isRight) {
          return refuse('invalid_code', 'This code is not valid, or was used before.')
        }
        return this.#open(account)
      },
      signOut: async (visitor) => {
        this.#sessions.delete(this.#cookie(visitor, 'memory_session'))
        return { ok: true, setCookies: ['memory_session=; Path=/; Max-Age=0'] }
      },
      requestPasswordReset: async ({ email }) => {
        const account = this.#byEmail.get(email)
        if (account !== undefined) {
          const token = randomUUID()
          this.#resets.set(token, account)
          this.#mail(email, `/reset-password?token=${token}`)
        }
        return OK
      },
      resetPassword: async ({ token, password }) => {
        const account = this.#resets.get(token)
        if (account === undefined) return DEAD
        if (password.length < 12) return WEAK
        account.password = password
        this.#resets.delete(token)
        return OK
      },
      changePassword: ({ current, next }, visitor) =>
        this.#with(visitor, (account) => {
          if (account.password !== current) return WRONG
          if (next.length < 12) return WEAK
          account.password = next
          return undefined
        }),
      changeName: ({ name }, visitor) =>
        this.#with(visitor, (account) => {
          if (name.trim() === '') return refuse('invalid_name', 'Use 1 to 200 characters.')
          account.name = name
          return undefined
        }),
      listSessions: async (visitor) => {
        const own = this.#own(visitor)
        if (own === undefined) return NOBODY
        const sessions = [...this.#sessions.values()].map((each) => ({
          ...this.#session(each),
          isCurrent: each === own,
          lastUsedAt: 0,
          userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
          network: '192.0.2.1',
        }))
        return { ...OK, sessions }
      },
      endSession: async ({ id }, visitor) => {
        if (this.#own(visitor) === undefined) return NOBODY
        const found = [...this.#sessions].find(([, each]) => each.id === id)
        if (found === undefined) return refuse('session_not_found', 'There is no such sign-in.')
        this.#sessions.delete(found[0])
        return OK
      },
      totp: this.#totp(),
      passkeys: this.#passkeys(),
      startProvider: async ({ id }) =>
        id === 'corp'
          ? { ...OK, location: 'https://sso.corp.example/authorize?state=1' }
          : refuse('provider_not_found', 'There is no such provider.'),
      finishProvider: async ({ url }) => {
        if (!url.includes('code=good'))
          return refuse('provider_refused', 'Corp did not sign you in.')
        const account = await this.#make('Eve', 'eve@corp.example', STRONG)
        const opened = this.#open(account)
        return { ...opened, returnTo: '//evil.example' } as AccountAnswer<{ returnTo: string }>
      },
    }
  }

  async #signUp(request: SignUpRequest) {
    const { name, email, password } = request
    if (name.trim() === '') return refuse('invalid_name', 'Use 1 to 200 characters.')
    if (!email.includes('@')) return refuse('invalid_email', 'This is no address.')
    if (password.length < 12) return WEAK
    if (this.#byEmail.has(email)) {
      this.#mail(email, '/sign-in')
      return OK
    }
    const token = randomUUID()
    this.#waiting.set(token, request)
    this.#mail(email, `/verify-email?token=${token}`)
    return OK
  }

  async #make(name: string, email: string, password: string): Promise<Account> {
    const personId = await this.#join(name, email)
    const account: Account = {
      personId,
      name,
      email,
      password,
      isSecondFactorOn: false,
      passkeys: [],
    }
    this.#byEmail.set(email, account)
    return account
  }

  async #verify(request: {
    readonly token: string
    readonly password: string
  }): Promise<AccountAnswer<{ returnTo: string | undefined }>> {
    const waiting = this.#waiting.get(request.token)
    if (waiting === undefined) return DEAD
    const { name, email, password, returnTo } = waiting
    if (request.password !== password) return WRONG
    this.#waiting.delete(request.token)
    const { setCookies } = this.#open(await this.#make(name, email, password))
    return { ok: true, setCookies, returnTo }
  }

  #totp(): Accounts['totp'] {
    return {
      enable: async ({ password }, visitor) => {
        const own = this.#own(visitor)
        if (own === undefined) return NOBODY
        if (own.account.password !== password) return WRONG
        const uri = `otpauth://totp/Lab:${own.account.email}?secret=JBSWY3DPEHPK3PXP&issuer=Lab`
        return { ...OK, uri, recoveryCodes: [RECOVERY_CODE] }
      },
      confirm: ({ code }, visitor) =>
        this.#with(visitor, (account) => {
          if (code !== TOTP_CODE) return refuse('invalid_code', 'This code is not valid.')
          account.isSecondFactorOn = true
          return undefined
        }),
      disable: ({ password }, visitor) =>
        this.#with(visitor, (account) => {
          if (account.password !== password) return WRONG
          account.isSecondFactorOn = false
          return undefined
        }),
      isEnabled: async (visitor) => {
        const own = this.#own(visitor)
        return own === undefined ? NOBODY : { ...OK, isEnabled: own.account.isSecondFactorOn }
      },
    }
  }

  #passkeys(): Accounts['passkeys'] {
    return {
      registerOptions: async (visitor) => {
        const own = this.#own(visitor)
        if (own === undefined) return NOBODY
        if (own.isOld) return refuse('reauthentication_needed', 'Sign in again for this.')
        return {
          ok: true,
          setCookies: ['memory_challenge=1; Path=/'],
          options: { challenge: 'AQ' },
        }
      },
      register: async ({ name }, visitor) => {
        const own = this.#own(visitor)
        if (own === undefined) return NOBODY
        const passkey = { id: `pk_${own.account.passkeys.length}`, name, createdAt: 0 }
        own.account.passkeys.push(passkey)
        return { ...OK, passkey }
      },
      signInOptions: async () => ({ ...OK, options: { challenge: 'AQ' } }),
      signIn: async ({ response }) => {
        const account = this.#byEmail.get(String(response['email']))
        if (account === undefined)
          return refuse('passkey_refused', 'This passkey is not known here.')
        return this.#open(account)
      },
      list: async (visitor) => {
        const own = this.#own(visitor)
        return own ? { ...OK, passkeys: own.account.passkeys } : NOBODY
      },
      remove: ({ id }, visitor) =>
        this.#with(visitor, (account) => {
          account.passkeys = account.passkeys.filter((each) => each.id !== id)
          return undefined
        }),
    }
  }
}
