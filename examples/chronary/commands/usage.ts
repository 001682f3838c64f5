// `chronary usage`: what is left of the month.

import type { OwnContext } from '@keywright/cli-kit'
import { Chronary } from '../client.ts'

export async function showUsage(own: OwnContext): Promise<void> {
  const { period, limit, used, remaining, resets_at } = await own.client(Chronary).usage()
  own.answer({ period, limit, used, remaining, resets_at }, [
    `${used} of ${limit} calls used, ${remaining} left until ${resets_at}`,
  ])
}
