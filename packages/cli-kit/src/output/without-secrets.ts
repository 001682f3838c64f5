import { type Brand, kindOf, maskFor } from '@keywright/client'
import { readSecret } from '@keywright/token'
import type { Failure } from './failure.ts'

/**
 * The failure without the secrets that were typed where something else belongs: as a command, a file, the name of a token.
 * Its words repeat what was typed, and a log of CI would keep them.
 */
export function withoutSecrets(
  failure: Failure,
  brand: Pick<Brand, 'kinds'>,
  args: readonly string[],
): Failure {
  const typed = args.flatMap((word) => [word, word.slice(word.indexOf('=') + 1)])
  const secrets = typed.filter((word) => isSecret(brand, word))
  if (secrets.length === 0) return failure
  const hidden = (text: string): string =>
    secrets.reduce((told, secret) => told.replaceAll(secret, maskFor(brand, secret)), text)
  const { message, hint } = failure
  return failure.with({ message: hidden(message), hint: hint && hidden(hint) })
}

/** By how it begins, or by the checksum that Keywright gives; the beginning alone, as a prefix to look for, is none. */
function isSecret(brand: Pick<Brand, 'kinds'>, word: string): boolean {
  const kind = kindOf(brand, word)
  if (kind.type === 'kind' || kind.type === 'foreign') return word.length > kind.prefix.length + 8
  return kind.type === 'jwt' || readSecret(word) !== undefined
}
