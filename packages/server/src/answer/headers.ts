/** On every answer: nothing here belongs in a cache, and no browser shall guess at it. */
export const BASE_HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const

export const REQUEST_ID_HEADER = 'x-request-id'
