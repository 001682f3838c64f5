// Lists that come in pages: `{ data, next_cursor }`, where the cursor of the last page is null.

import { recordOf } from '../loose/record.ts'
import type { Answer } from './answer.ts'
import { ConnectionError } from '../error/connection-error.ts'

export interface Page<Item> {
  readonly data: readonly Item[]
  /** Gives the next page when it goes out as `cursor`; null on the last one. */
  readonly nextCursor: string | null
}

/**
 * A list. `for await` goes through all items and asks for pages as they are needed; awaited it is the first page.
 * Nothing is asked for before that.
 */
export class Pages<Item> implements AsyncIterable<Item>, PromiseLike<Page<Item>> {
  readonly #fetchPage: (cursor: string | undefined) => Answer<Page<Item>>

  constructor(fetchPage: (cursor: string | undefined) => Answer<Page<Item>>) {
    this.#fetchPage = fetchPage
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Item, void, undefined> {
    for await (const page of this.pages()) yield* page.data
  }

  /** Page by page. */
  async *pages(): AsyncGenerator<Page<Item>, void, undefined> {
    const seen = new Set<string>()
    let cursor: string | undefined
    for (;;) {
      const page: Page<Item> = await this.#fetchPage(cursor)
      yield page
      if (page.nextCursor === null) return
      cursor = page.nextCursor
      if (seen.has(cursor)) {
        throw new ConnectionError(
          'The list goes in circles: the server gave the same cursor twice.',
          'repeated_cursor',
        )
      }
      seen.add(cursor)
    }
  }

  /** The page at a cursor; without one, the first. */
  page(cursor?: string): Answer<Page<Item>> {
    return this.#fetchPage(cursor)
  }

  // oxlint-disable-next-line unicorn/no-thenable -- being awaitable is what it is for
  then<Done = Page<Item>, Failed = never>(
    done?: ((page: Page<Item>) => Done | PromiseLike<Done>) | null,
    failed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Done | Failed> {
    // oxlint-disable-next-line promise/no-callback-in-promise -- this is a `then`
    return this.#fetchPage(undefined).then(done, failed)
  }

  catch<Failed = never>(
    failed?: ((reason: unknown) => Failed | PromiseLike<Failed>) | null,
  ): Promise<Page<Item> | Failed> {
    return this.then(undefined, failed)
  }
}

/** Reads the body of a page; undefined when it is none. A list without `next_cursor` is a whole one. */
export function readPage<Item>(body: unknown): Page<Item> | undefined {
  const { data, next_cursor: cursor = null } = recordOf(body)
  if (!Array.isArray(data)) return undefined
  if (cursor !== null && (typeof cursor !== 'string' || cursor === '')) return undefined
  return { data: data as readonly Item[], nextCursor: cursor }
}
