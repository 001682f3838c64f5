/**
 * `npm run example -- NAME [arguments]`: runs examples/NAME/server.ts in this very process, so
 * that signals reach it. The example sees its own arguments only, and `.data/NAME` as DATA_DIR
 * unless the environment names another. Without a name that exists: the choices, and exit code 2.
 */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples')

function serverOf(name: string): string {
  return join(EXAMPLES, name, 'server.ts')
}

function listExamples(): string[] {
  if (!existsSync(EXAMPLES)) return []
  return readdirSync(EXAMPLES)
    .filter((name) => existsSync(serverOf(name)))
    .toSorted()
}

function refuse(name: string | undefined, choices: string[]): void {
  const reason = name === undefined ? 'Which example?' : `There is no example "${name}".`
  console.error(`${reason} Choose one of: ${choices.join(', ')}`)
  console.error('Usage: npm run example -- NAME [arguments]')
  process.exitCode = 2
}

const [node = '', , name, ...rest] = process.argv
const choices = listExamples()
if (name !== undefined && choices.includes(name)) {
  const server = serverOf(name)
  process.argv = [node, server, ...rest]
  process.env['DATA_DIR'] ||= join('.data', name)
  await import(pathToFileURL(server).href)
} else {
  refuse(name, choices)
}
