import type { Context } from './context.ts'

/** The context as the next command has it, which has none of this one's flags. */
export function nextCommand(context: Context): Context {
  return { ...context, everywhere: { credential: undefined, profile: undefined } }
}
