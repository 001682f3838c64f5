/**
 * `npm run example -- NAME [arguments]`: runs examples/NAME/server.ts. It has `.data/NAME` as DATA_DIR unless the
 * environment names another.
 */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chooseExample } from './choose-example.ts'

const chosen = chooseExample({ file: 'server.ts', command: 'npm run example' })
if (chosen !== undefined) {
  process.env['DATA_DIR'] ||= join('.data', chosen.name)
  await import(pathToFileURL(chosen.script).href)
}
