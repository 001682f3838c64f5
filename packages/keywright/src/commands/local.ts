/** Commands that ask no server: they write, check and serve a definition. */
import { Failure, type OwnCommands, type OwnRun } from '@keywright/cli-kit'
import { DEFINITION } from './definition-file.ts'

const ARGUMENT = '[file]'

export const local: OwnCommands = {
  init: {
    about: `write a commented definition to start from (${DEFINITION})`,
    argument: ARGUMENT,
    load: async () => {
      const { initDefinition } = await import('./init.ts')
      return mended(async (own, { argument: file = DEFINITION }) => {
        const { isWritten } = await initDefinition(file)
        if (!isWritten) throw new Failure('failed', `${file} exists and was left as it is.`)
        own.answer({ file }, [`Wrote ${file}. Next: npx keywright check ${file}`])
      })
    },
  },
  check: {
    about: 'say what a definition describes, or what is wrong with it',
    argument: ARGUMENT,
    load: async () => {
      const [{ checkCommand }, { loadDefinition }] = await Promise.all([
        import('./check.ts'),
        import('../serve/load-definition.ts'),
      ])
      return mended(async (own, { argument: file = DEFINITION }) => {
        const lines = checkCommand(file, await loadDefinition(file))
        own.answer({ file, describes: lines }, lines)
      })
    },
  },
  serve: {
    about:
      'serve a definition over HTTP (environment: PORT, HOST, DATA_DIR, BASE_URL, TRUSTED_PROXIES, KEYWRIGHT_ROOT_KEY)',
    argument: ARGUMENT,
    flags: [['--new-admin-key', 'mint and show admin keys once more, when the first were lost']],
    load: async () => {
      const { serveFile } = await import('./serve.ts')
      return mended((_own, { argument, flags }) =>
        serveFile(argument, flags['newAdminKey'] === true),
      )
    },
  },
}

/** What is for the person to mend is told without a stack. */
function mended(run: OwnRun): OwnRun {
  return async (own, given) => {
    try {
      await run(own, given)
    } catch (error) {
      if (error instanceof Failure) throw error
      const { explainFailure } = await import('./explain-failure.ts')
      const text = explainFailure(error).join('\n')
      throw new Failure('failed', text.replace(/^keywright: /, ''), { cause: error })
    }
  }
}
