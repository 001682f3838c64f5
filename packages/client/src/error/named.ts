import type { Brand } from '../brand/brand.ts'
import type { ClientError } from './client-error.ts'

/** Gives an error the name that it has in this product; its class stays what it is. */
export function named<Thrown extends ClientError>(
  brand: Pick<Brand, 'errors'>,
  error: Thrown,
): Thrown {
  const names: Readonly<Record<string, string | undefined>> = brand.errors
  error.name = names[error.name] ?? error.name
  return error
}
