/** One of the requests that a load cycles through. */
export interface WireRequest {
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly bearer: string
  readonly body: string
}

export function headersOf({ bearer, body }: WireRequest): Record<string, string> {
  const authorization = `Bearer ${bearer}`
  if (body === '') return { authorization }
  const length = String(Buffer.byteLength(body))
  return { authorization, 'content-type': 'application/json', 'content-length': length }
}
