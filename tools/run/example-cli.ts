/** `npm run example:cli -- NAME [arguments]`: runs examples/NAME/cli.ts, the command line of that product. */
import { pathToFileURL } from 'node:url'
import { chooseExample } from './choose-example.ts'

const chosen = chooseExample({ file: 'cli.ts', command: 'npm run --silent example:cli' })
if (chosen !== undefined) await import(pathToFileURL(chosen.script).href)
