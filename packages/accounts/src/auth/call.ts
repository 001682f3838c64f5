// A call of one of Better Auth's endpoints. What it refuses comes back as a code; what failed is thrown on.

import { isAPIError } from 'better-auth/api'

export type Called<Response> =
  | { readonly ok: true; readonly response: Response; readonly setCookies: readonly string[] }
  | { readonly ok: false; readonly status: number; readonly code: string | undefined }

/**
 * @param options `isFailureRefusal`: the endpoint answers what a client got wrong as a failure of its own
 * @throws what is no refusal: StoreUnavailable, or an error of ours
 */
export async function called<Response>(
  call: Promise<{ readonly headers?: Headers | null; readonly response: Response }>,
  options: { readonly isFailureRefusal?: boolean } = {},
): Promise<Called<Response>> {
  try {
    const { headers, response } = await call
    return { ok: true, response, setCookies: headers?.getSetCookie() ?? [] }
  } catch (error) {
    if (!isAPIError(error)) throw error
    if (error.statusCode >= 500 && options.isFailureRefusal !== true) throw error
    return { ok: false, status: error.statusCode, code: error.body?.code }
  }
}
