import { describe, onTestFinished } from 'vitest'
import type { OpenedStore } from '@keywright/storage'
import type { StoreDialect } from '@keywright/storage/testing'
import { dialects } from '@keywright/storage/testing'

/** Runs a suite over every dialect. `open` gives a fresh store that ends with its test. */
export function overDialects(
  subject: string,
  suite: (open: () => Promise<OpenedStore>, dialect: StoreDialect) => void,
): void {
  describe.each(dialects)(`${subject} over $name`, (dialect) => {
    suite(async () => {
      const { store, dispose } = await dialect.open()
      onTestFinished(dispose)
      return store
    }, dialect)
  })
}
