// A call of one of Better Auth's endpoints. What it refuses comes back as a code; what failed is thrown on. It takes some
// failures of the database for refusals, so before a refusal is believed the database is asked whether it is there.

import { isAPIError } from 'better-auth/api'
import type { Inside } from '../inside.ts'

export type Called<Response> =
  | { readonly ok: true; readonly response: Response; readonly setCookies: readonly string[] }
  | { readonly ok: false; readonly code: string | undefined }

interface CallOptions {
  /** The endpoint answers what a client got wrong as a failure of its own. */
  readonly isFailureRefusal?: boolean
}

/** @throws what is no refusal: StoreUnavailable, or an error of ours */
export async function called<Response>(
  { db }: Inside,
  call: Promise<{ readonly headers?: Headers | null; readonly response: Response }>,
  { isFailureRefusal = false }: CallOptions = {},
): Promise<Called<Response>> {
  try {
    const { headers, response } = await call
    return { ok: true, response, setCookies: headers?.getSetCookie() ?? [] }
  } catch (error) {
    if (!isAPIError(error)) throw error
    await db.selectFrom('account_attempts').select('subject').limit(1).execute()
    if (error.statusCode >= 500 && !isFailureRefusal) throw error
    return { ok: false, code: error.body?.code }
  }
}
