// `chronary usage`: what is left of the month.

import type { OwnContext } from '@keywright/cli-kit'
import { Chronary } from '../client.ts'

export async function showUsage(own: OwnContext): Promise<void> {
  const { mode, quota } = await own.client(Chronary).usage()
  if (quota === null) {
    own.answer({ mode, quota }, [`${mode} mode is free and unlimited`])
    return
  }
  const { limit, used, remaining, resets_at } = quota
  own.answer({ mode, quota: { ...quota } }, [
    `${mode} mode: ${used} of ${limit} calls used, ${remaining} left until ${resets_at}`,
  ])
}
