/** The store of a brand's layout. */
import type { Brand, FilePlaces } from '@keywright/client'
import { isFolderOwn } from './own-folder.ts'
import type { World } from '../world/world.ts'
import type { StoreWorld } from './change-file.ts'
import type { Store } from './store.ts'

/** Loads only the layout that the brand has: YAML costs more than everything else together. */
export async function openStore(
  { files, credential, server, env }: Brand,
  places: FilePlaces,
  world: StoreWorld & Pick<World, 'env'>,
): Promise<Store | undefined> {
  if (files === undefined) return undefined
  const credentialName = credential.name
  const isOwn = isFolderOwn({ env }, places, world)
  if (files.layout === 'split-yaml') {
    const { YamlStore } = await import('./yaml-store.ts')
    const { settings, credentials, single } = places
    return new YamlStore(
      { settings, credentials, single, credentialName, isFolderOwn: isOwn },
      world,
    )
  }
  const { JsonStore } = await import('./json-store.ts')
  const group = files.layout === 'hosts-json' ? 'hosts' : 'profiles'
  const defaultServer = typeof server.default === 'string' ? server.default : undefined
  const layout = {
    path: places.credentials,
    group,
    credentialName,
    serverName: server.name,
    isFolderOwn: isOwn,
  } as const
  return new JsonStore({ ...layout, defaultServer }, world)
}
