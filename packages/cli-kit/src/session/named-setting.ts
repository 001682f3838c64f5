import type { Brand, Setting } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import type { Context } from './context.ts'

/** The setting of that name, as files call it. @throws Failure `usage` when there is none */
export function requireSetting({ brand }: Context, name: string): Setting {
  const found = brand.settings.find((setting) => setting.name === name)
  if (found !== undefined) return found
  const names = brand.settings.map((setting) => setting.name)
  throw new Failure('usage', `There is no setting called ${name}.`, {
    hint: `Settings are ${names.join(', ')}.`,
  })
}

/** Whether a login stores it, so that nobody sets it by itself. */
export function isOfLogin({ credential, server, files }: Brand, setting: Setting): boolean {
  return setting === credential || (setting === server && files?.layout === 'hosts-json')
}
