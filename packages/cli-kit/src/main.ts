/** The line that a product's `cli.ts` consists of. */
import { runCommandLine } from './run.ts'
import type { CommandLine } from './tree/command-line.ts'
import { processWorld } from './world/process-world.ts'

/**
 * Runs a command line in this process and leaves the exit code to it: what was printed is out before it ends.
 *
 * @example
 * await main({ brand, name: 'acme', version: '1.0.0', login: { way: 'prompt' } })
 */
export async function main(line: CommandLine): Promise<void> {
  process.exitCode = await runCommandLine(line, processWorld())
}
