import fc from 'fast-check'
import { it } from 'vitest'

/** A test that holds for every generated value; the seed of a failure is printed by fast-check. */
export function test<Values extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  title: string,
  check: (...values: Values) => void | Promise<void>,
): void {
  it(title, async () => {
    await fc.assert(
      fc.asyncProperty(...arbitraries, async (...values: Values) => {
        await check(...values)
      }),
    )
  })
}

export { fc }
