import { durationOf, Failure, type Given, textFlag } from '@keywright/cli-kit'

/** Seconds of a flag such as `--expires 90d`. @throws Failure `usage` */
export function secondsFlag(given: Given, name: string): number | undefined {
  const value = textFlag(given, name)
  return value === undefined ? undefined : durationOf(value)
}

/** A flag that counts something. @throws Failure `usage` */
export function countFlag(given: Given, name: string): number | undefined {
  const value = textFlag(given, name)
  if (value === undefined) return undefined
  if (/^[1-9]\d{0,8}$/.test(value)) return Number(value)
  throw new Failure('usage', `--${name} ${value} is no count.`, { hint: `Write --${name} 20.` })
}

/** A flag that takes one of a few words. @throws Failure `usage` */
export function oneOf(given: Given, name: string, words: readonly string[]): string | undefined {
  const value = textFlag(given, name)
  if (value === undefined || words.includes(value)) return value
  throw new Failure('usage', `--${name} ${value} is not known.`, {
    hint: `Write one of ${words.join(', ')}.`,
  })
}
