/** Every command of `keywright`: those about a definition, those about the keys of a server, and the kit's about signing in. */
import type { CommandLine, OwnCommands } from '@keywright/cli-kit'
import manifest from '../../package.json' with { type: 'json' }
import { brand } from '../brand.ts'
import { COMMAND_CLIENT } from '../command-client.ts'
import { local } from './local.ts'

const keys: OwnCommands['keys'] = {
  about: 'keys at the server',
  commands: {
    create: {
      about: 'make a key and print its secret, once',
      argument: '<kind>',
      flags: [
        ['--resource <resource>', 'what it is bound to, as organizations/default/agents/a1'],
        ['--name <name>', 'what it is called'],
        ['--scope <scopes>', 'less than the kind has, with commas between them'],
        ['--mode <mode>', 'live or test, where the definition has modes'],
        ['--expires <duration>', 'how long it lives, as 12h or 90d'],
        ['--send', 'print a code for another machine instead of the secret'],
      ],
      load: async () => (await import('./keys/create.ts')).createKey,
    },
    ls: {
      about: 'list the keys, without secrets',
      flags: [
        ['--kind <kind>', 'of this kind'],
        ['--resource <resource>', 'bound to this resource or below'],
        ['--standing <standing>', 'live, revoked, expired, disabled, ended or roleless'],
      ],
      load: async () => (await import('./keys/list.ts')).listKeys,
    },
    show: {
      about: 'show one key, without its secret',
      argument: '<key>',
      load: async () => (await import('./keys/show.ts')).showKey,
    },
    rotate: {
      about: 'give a key a new secret and print it, once',
      argument: '<key>',
      flags: [['--overlap <duration>', 'how long the earlier secret still counts, as 1h']],
      load: async () => (await import('./keys/rotate.ts')).rotateKey,
    },
    revoke: {
      about: 'end a key, and every key that was made with it',
      argument: '<key>',
      load: async () => (await import('./keys/revoke.ts')).revokeKey,
    },
    tree: {
      about: 'show which key made which',
      argument: '[key]',
      load: async () => (await import('./keys/tree.ts')).showTree,
    },
  },
}

export const keywright: CommandLine = {
  brand,
  name: 'keywright',
  version: manifest.version,
  about: 'API keys, limits and revocation from one definition file',
  // People sign in where the definition has a login; where it is about keys alone, an admin key is asked for.
  login: { way: 'browser', clientId: COMMAND_CLIENT, orPrompt: true },
  commands: [
    'login',
    'logout',
    'status',
    'whoami',
    'approve',
    'auth list',
    'auth switch',
    'why',
    'doctor',
    'config get',
    'config set',
    'config unset',
    'config path',
    'completion',
    'help',
  ],
  everywhere: ['credential', 'profile'],
  texts: { askCredential: 'API key (input hidden): ' },
  own: {
    ...local,
    keys,
    events: {
      about: 'what happened at the server, oldest first',
      flags: [
        ['--key <key>', 'to this key'],
        ['--resource <resource>', 'at this resource or below'],
        ['--type <type>', 'of this type, as key.revoked'],
        ['--limit <count>', 'so many at most'],
      ],
      load: async () => (await import('./events.ts')).showEvents,
    },
    explain: {
      about: 'why a key is allowed or refused, and what would mend it; without one, your own',
      argument: '[key]',
      flags: [
        ['--scope <scope>', 'whether it may do this'],
        ['--resource <resource>', 'and there'],
        ['--mode <mode>', 'and in this mode'],
      ],
      load: async () => (await import('./explain.ts')).explainKey,
    },
  },
}
