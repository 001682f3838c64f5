import type { Given } from './catalogue.ts'

/** A flag with a value, by its name in camel case; undefined when it was not given. */
export function textFlag({ flags }: Pick<Given, 'flags'>, name: string): string | undefined {
  const value = flags[name]
  return typeof value === 'string' ? value : undefined
}
