/** What `help` explains that no single command is about. */
import type { Context } from '../../session/context.ts'
import { explainEnvironment } from './environment.ts'
import { explainExitCodes } from './exit-codes.ts'
import { explainFiles } from './files.ts'

export const TOPICS: Readonly<Record<string, (context: Context) => void>> = {
  environment: explainEnvironment,
  'exit-codes': explainExitCodes,
  files: explainFiles,
}
