import type { Approver, ChangeRefusalCode, DeviceLogin, Outcome, Principal } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import type { FastifyRequest } from 'fastify'
import type { Door } from '../../door/door.ts'
import { guardGuesses } from '../../door/guard-guesses.ts'

const GUESSES: readonly ChangeRefusalCode[] = ['user_code_not_found', 'user_code_mismatch']

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
export function guarded(
  { loginAttempts, proxies }: Door,
  { raw }: Pick<FastifyRequest, 'raw'>,
  work: () => Promise<Outcome<{ readonly login: DeviceLogin }>>,
): ReturnType<typeof guardGuesses<{ readonly login: DeviceLogin }>> {
  const { guesses: attempts } = loginAttempts
  return guardGuesses({ attempts, network: proxies.addressOf(raw), guesses: GUESSES }, work)
}
