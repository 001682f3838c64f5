// Chronary's commands: those about signing in are the kit's, as its documentation shows them; the others are its own.

import type { CommandLine, OwnCommands } from '@keywright/cli-kit'
import brand from './brand.ts'

/** What does not depend on the kinds of keys that there are. */
export const chronaryLine = {
  name: 'chronary',
  version: '0.1.0',
  about: 'Calendars for agents.',
  login: { way: 'prompt' },
  commands: [
    'auth login',
    'auth switch',
    'auth list',
    'auth logout',
    'auth status',
    'auth why',
    'auth doctor',
    'completion',
  ],
  everywhere: ['credential', 'profile'],
  texts: { askCredential: 'API key (input hidden): ' },
} as const satisfies Omit<CommandLine, 'brand'>

const client = async () => (await import('./client.ts')).Chronary

const own: OwnCommands = {
  agents: {
    about: 'agents, and when they are free',
    commands: {
      list: {
        about: 'list the agents that the key reaches',
        load: async () => (await import('./commands/agents.ts')).listAgents(await client()),
      },
      create: {
        about: 'make an agent and print its id',
        argument: '<name>',
        load: async () => (await import('./commands/agents.ts')).createAgent(await client()),
      },
      availability: {
        about: 'when an agent is busy and free',
        argument: '<agent>',
        flags: [
          ['--from <time>', 'RFC 3339; now without it'],
          ['--to <time>', 'RFC 3339; a week later without it'],
        ],
        load: async () => (await import('./commands/availability.ts')).showAvailability,
      },
    },
  },
  keys: {
    about: 'keys of agents, for an org key',
    commands: {
      create: {
        about: 'make a key for an agent and print it, once',
        argument: '<agent>',
        flags: [['--label <label>', 'what the key is for']],
        load: async () => (await import('./commands/keys.ts')).createKey,
      },
      list: {
        about: 'list the keys of agents, without secrets',
        load: async () => (await import('./commands/keys.ts')).listKeys,
      },
      delete: {
        about: 'end a key at once',
        argument: '<key>',
        load: async () => (await import('./commands/keys.ts')).deleteKey,
      },
    },
  },
  usage: {
    about: 'what is left of the month, for an org key',
    load: async () => (await import('./commands/usage.ts')).showUsage,
  },
}

export const chronary: CommandLine = { ...chronaryLine, brand, own }
