import { expectTypeOf, test } from 'vitest'
import { readSecret } from './index.ts'

test('a reader must consider that a candidate is no secret', () => {
  expectTypeOf(readSecret).returns.toEqualTypeOf<{ head: string } | undefined>()
  // @ts-expect-error -- the result may be undefined
  void readSecret('').head
})
