// AutoLab's commands: those about signing in, tokens and provider keys are the kit's, and `serve` is its own.

import type { CommandLine } from '@keywright/cli-kit'
import brand from './brand.ts'
import { PROVIDERS } from './provider.ts'

export const autolab: CommandLine = {
  brand,
  name: 'autolab',
  version: '0.1.0',
  about: 'A laboratory where agents write code.',
  login: { way: 'browser', clientId: 'autolab' },
  // Its documentation shows the token as an argument.
  flags: { login: ['token'] },
  projectFile: '.autolab-project',
  providerKeys: {
    providers: PROVIDERS,
    routes: {
      add: 'POST /v1/provider-keys',
      list: 'GET /v1/provider-keys',
      use: 'PUT /v1/projects/{owner}/{name}/provider-key',
    },
  },
  own: {
    serve: {
      about: 'make this machine an execution node of a project, until Ctrl-C',
      flags: [
        ['--project <project>', 'the project it works for, as OWNER/NAME'],
        ['--name <name>', "what the node is called; this machine's name without it"],
      ],
      load: async () => (await import('./commands/serve.ts')).serve,
    },
  },
}
