// A person can say that the stored login goes before the environment. Only a brand that names a setting for it has this.

import type { Brand } from '../brand/brand.ts'
import type { Layer, Setting } from '../setting/setting.ts'
import type { Places } from './candidates.ts'
import { candidatesOf } from './candidates.ts'

/** What `preferStored` gives a brand. */
export interface StoredPreference {
  /** The name of the setting, a boolean. */
  readonly setting: string
  /** The order of each setting's layers, where somebody has chosen it. */
  readonly orderIn: (places: Places) => ((setting: Setting) => readonly Layer[]) | undefined
}

/** @param setting the boolean setting with which a person says that the stored login goes first */
export function preferStored(setting: string): StoredPreference {
  const orderIn: StoredPreference['orderIn'] = (places) => {
    const own = places.brand.settings.find(({ name }) => name === setting)
    const isChosen = own !== undefined && candidatesOf(places, own)[0]?.value === true
    return isChosen ? (each) => precedenceOf(places.brand, each) : undefined
  }
  return { setting, orderIn }
}

/**
 * A stored login is a credential and the server it is for: one without the other would tell a server somebody else's
 * secret. Among hosts the server chooses the login, so there its own order stays.
 */
function precedenceOf(brand: Brand, setting: Setting): readonly Layer[] {
  const { precedence } = setting
  const isOfLogin =
    setting === brand.credential ||
    (setting === brand.server && brand.files?.layout !== 'hosts-json')
  const at = precedence.indexOf('environment')
  const isEnvironmentFirst = at >= 0 && at < precedence.indexOf('files')
  if (!isOfLogin || !isEnvironmentFirst) return precedence
  return precedence.map((layer) => SWAPPED[layer] ?? layer)
}

const SWAPPED: Partial<Record<Layer, Layer>> = { environment: 'files', files: 'environment' }
