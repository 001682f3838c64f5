import type { ShownKey } from '../../client/answers.ts'
import type { Keywright } from '../../client/keywright.ts'

/** Whether the command itself runs with a secret of this key, as far as its beginning tells. */
export function isInUse({ settings }: Keywright, { start }: Pick<ShownKey, 'start'>): boolean {
  const { apiKey } = settings
  return typeof apiKey === 'string' && apiKey.startsWith(start)
}
