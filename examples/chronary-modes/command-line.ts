// The commands of Chronary with modes: signing in is as without them.

import type { CommandLine, OwnCommands } from '@keywright/cli-kit'
import { chronaryLine } from '../chronary/command-line.ts'
import brand from './brand.ts'

const client = async () => (await import('./client.ts')).Chronary
const agents = () => import('../chronary/commands/agents.ts')

const own: OwnCommands = {
  agents: {
    about: "agents of the key's mode",
    commands: {
      list: {
        about: 'list the agents',
        load: async () => (await agents()).listAgents(await client()),
      },
      create: {
        about: 'make an agent and print its id',
        argument: '<name>',
        load: async () => (await agents()).createAgent(await client()),
      },
    },
  },
  usage: {
    about: 'what is left of the month',
    load: async () => (await import('./commands/usage.ts')).showUsage,
  },
}

export const chronary: CommandLine = { ...chronaryLine, brand, own }
