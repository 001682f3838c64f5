// Where settings come from where there is an environment and a file system, told line by line.

import { APIError, Secret } from '@keywright/client'
import { Acme, Birch, Cedar, Dogwood } from './brands.ts'
import type { Say } from './say.ts'
import { explained, failureOf } from './say.ts'

/** @param nobody an address where nothing listens */
export async function withFiles(say: Say, nobody: string): Promise<void> {
  say('# YAML files, and a variable before them')
  const birch = Birch.fromEnv()
  for (const line of explained(birch.explain())) say(line)
  await tellsWhence(say, birch.me())

  say('# profiles in a JSON file')
  for (const line of explained(Cedar.fromEnv().explain())) say(line)
  say('# another profile, and one that is not there')
  const other = Cedar.fromEnv({ profile: 'other' })
  for (const line of explained(other.explain())) say(line)
  await tellsWhence(say, other.me())
  say(String(await failureOf(async () => Cedar.fromEnv({ profile: 'none' }))))

  say('# a file that others can write')
  say(String(await failureOf(async () => Dogwood.fromEnv())))
  for (const line of explained(new Dogwood().explain())) say(line)

  say('# nobody there')
  const alone = new Acme({ serverUrl: nobody, apiKey: 'acme_user_0', maxRetries: 0 })
  say(String(await failureOf(alone.agents.get('agt_1'))))
}

async function tellsWhence(say: Say, call: PromiseLike<unknown>): Promise<void> {
  const refused = await failureOf(call)
  say(String(refused))
  if (refused instanceof APIError) say(`from ${refused.source}`)
}

/** Printed by the runtime's own console, which looks into objects. */
export function printed(apiKey: string): readonly unknown[] {
  return [new Secret(apiKey), { in: new Secret(apiKey) }, new Acme({ apiKey })]
}
