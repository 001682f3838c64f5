#!/usr/bin/env node
import { Command } from 'commander'
import { checkCommand } from './commands/check.ts'
import { initDefinition } from './commands/init.ts'
import { explainFailure } from './commands/explain-failure.ts'
import { loadDefinition } from './serve/load-definition.ts'
import { serve } from './serve/serve.ts'
import { LineLog } from './serve/line-log.ts'
import { readSettings } from './serve/settings.ts'

const DEFINITION = 'keywright.config.ts'

const program = new Command('keywright')
  .description('API keys, limits and revocation from one definition file')
  .showHelpAfterError()

program
  .command('init')
  .description('write a commented definition to start from')
  .argument('[file]', 'where to write it', DEFINITION)
  .action(async (file: string) => {
    const { isWritten } = await initDefinition(file)
    if (isWritten) console.log(`Wrote ${file}. Next: npx keywright check ${file}`)
    else {
      console.error(`keywright: ${file} exists and was left as it is.`)
      process.exitCode = 1
    }
  })

program
  .command('check')
  .description('say what a definition describes, or what is wrong with it')
  .argument('[file]', 'the definition', DEFINITION)
  .action(async (file: string) => {
    for (const line of checkCommand(file, await loadDefinition(file))) console.log(line)
  })

program
  .command('serve')
  .description(
    'serve a definition over HTTP (environment: PORT, HOST, DATA_DIR, BASE_URL, TRUSTED_PROXIES, KEYWRIGHT_ROOT_KEY)',
  )
  .argument('[file]', 'the definition', DEFINITION)
  .option('--new-admin-key', 'mint and show admin keys once more, when the first were lost')
  .action(async (file: string, options: { newAdminKey?: boolean }) => {
    const settings = readSettings(process.env)
    const definition = await loadDefinition(file)
    const isAdminKeyWanted = options.newAdminKey ?? false
    const log = new LineLog((text) => process.stderr.write(text))
    await serve(
      { definition, settings, isAdminKeyWanted },
      {
        print: (line) => console.log(line),
        warn: (line) => console.error(line),
        log,
        exit: (code) => {
          log.flush()
          process.exit(code)
        },
        onSignal: (listener) => {
          process.once('SIGTERM', listener)
          process.once('SIGINT', listener)
        },
      },
    )
  })

program.parseAsync().catch((error: unknown) => {
  for (const line of explainFailure(error)) console.error(line)
  process.exit(1)
})
