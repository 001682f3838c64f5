import { loadDefinition } from '../serve/load-definition.ts'
import { LineLog } from '../serve/line-log.ts'
import { serve } from '../serve/serve.ts'
import { readSettings } from '../serve/settings.ts'
import { DEFINITION } from './definition-file.ts'
import { explainFailure } from './explain-failure.ts'

/** `keywright serve`: serves a definition with the settings and streams of this process. Resolves when it listens. */
export async function serveFile(
  file: string | undefined,
  isAdminKeyWanted: boolean,
): Promise<void> {
  const settings = readSettings(process.env)
  const definition = await loadDefinition(file ?? DEFINITION)
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
}

/** The same, where nobody is there to catch: says why it cannot start, and ends the process. */
export async function serveOrExit(
  file: string | undefined,
  isAdminKeyWanted: boolean,
): Promise<void> {
  try {
    await serveFile(file, isAdminKeyWanted)
  } catch (error) {
    for (const line of explainFailure(error)) console.error(line)
    process.exit(1)
  }
}
