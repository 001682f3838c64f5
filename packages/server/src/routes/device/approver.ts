import type { Approver, ChangeRefused, DeviceLogin, Outcome, Principal } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import type { FastifyRequest } from 'fastify'
import type { Door } from '../../door/door.ts'

const GUESSES: readonly string[] = ['user_code_not_found', 'user_code_mismatch']

/** A terminal that is signed in, as who approves; undefined for a credential that is no key. */
export function approverOf(principal: Principal): Approver | undefined {
  if (principal.type !== 'key') return undefined
  const { keyId, expiresAt, seq } = principal
  return { type: 'key', actor: { type: 'key', keyId, endsAt: expiresAt, seq } }
}

export const NO_TERMINAL: CodedRefusal = {
  code: 'kind_not_mintable',
  detail: 'Only a terminal that is signed in approves a device. Use the browser.',
}

/** Runs what takes a user code, unless this network or everybody together guessed too often. */
export async function guarded(
  { loginAttempts, proxies }: Door,
  { raw }: Pick<FastifyRequest, 'raw'>,
  work: () => Promise<Outcome<{ readonly login: DeviceLogin }>>,
): Promise<{ readonly ok: true; readonly login: DeviceLogin } | ChangeRefused | TooManyGuesses> {
  const { guesses } = loginAttempts
  const network = proxies.addressOf(raw)
  const retryAfterSeconds = guesses.waitSeconds(network)
  if (retryAfterSeconds > 0) {
    const detail = `Too many codes were typed that are none. Wait ${retryAfterSeconds} seconds.`
    return { ok: false, code: 'rate_limited', detail, retryAfterSeconds }
  }
  // Counted before it is looked at, so that guesses at the same time cannot pass together.
  guesses.count(network)
  let isGuess = false
  try {
    const outcome = await work()
    isGuess = !outcome.ok && GUESSES.includes(outcome.code)
    return outcome
  } finally {
    if (!isGuess) guesses.takeBack(network)
  }
}

interface TooManyGuesses {
  readonly ok: false
  readonly code: 'rate_limited'
  readonly detail: string
  readonly retryAfterSeconds: number
}
