/** Picks the example that a command line names. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples')

export interface Choice {
  /** What is run of it; examples without one are no choice. */
  readonly file: string
  /** How people run it: `npm run example`. */
  readonly command: string
}

/** An example that is about to be run in this very process, so that signals reach it. */
export interface Chosen {
  readonly name: string
  readonly script: string
}

/**
 * Leaves the example's own arguments to it. Without a name that exists: the choices on stderr, exit code 2, and
 * undefined.
 */
export function chooseExample({ file, command }: Choice): Chosen | undefined {
  const [node = '', , name, ...rest] = process.argv
  const choices = listExamples(file)
  if (name !== undefined && choices.includes(name)) {
    const script = join(EXAMPLES, name, file)
    process.argv = [node, script, ...rest]
    return { name, script }
  }
  const reason = name === undefined ? 'Which example?' : `There is no example "${name}".`
  console.error(`${reason} Choose one of: ${choices.join(', ')}`)
  console.error(`Usage: ${command} -- NAME [arguments]`)
  process.exitCode = 2
  return undefined
}

function listExamples(file: string): string[] {
  return readdirSync(EXAMPLES)
    .filter((name) => existsSync(join(EXAMPLES, name, file)))
    .toSorted()
}
