import { Failure } from '../output/failure.ts'
import type { Store } from '../store/store.ts'
import type { Context } from './context.ts'

/** The store of stored logins. @throws Failure when there is no place for one */
export async function requireStore(context: Context): Promise<Store> {
  const store = await context.store()
  if (store === undefined) {
    throw new Failure('file_unusable', 'There is no place to store a login: HOME is not set.', {
      hint: `Set ${context.brand.env}_CONFIG_DIR to a folder of yours.`,
    })
  }
  return store
}
