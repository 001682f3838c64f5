// Bodies: bounded, UTF-8, JSON without names that reach into prototypes. Reading refuses by value; what is wrong with
// the fields is told by the schemas.

import { isUtf8 } from 'node:buffer'
import type { IncomingMessage } from 'node:http'
import type { CodedRefusal } from '@keywright/verifier'

/** Longest body in bytes. */
export const BODY_BYTES_MAX = 64 * 1024

const TOO_LARGE: CodedRefusal = {
  code: 'body_too_large',
  detail: `A body has at most ${BODY_BYTES_MAX} bytes.`,
}
const CUT_OFF: CodedRefusal = {
  code: 'malformed_body',
  detail: 'The body ended before it was whole.',
}
const NO_JSON: CodedRefusal = {
  code: 'malformed_body',
  detail: 'The body is not JSON in UTF-8. Send one JSON value.',
}
const NOT_A_FIELD: CodedRefusal = {
  code: 'invalid_request',
  detail: 'The body has a field name that is never accepted.',
}

/** Reads a whole body. It never throws. */
export function readBody(
  request: IncomingMessage,
): Buffer | CodedRefusal | Promise<Buffer | CodedRefusal> {
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > BODY_BYTES_MAX) return TOO_LARGE
  // A small body has mostly come with its head: one read, and no listeners.
  if (announced > 0 && request.readableLength === announced) return request.read() as Buffer
  return gather(request)
}

function gather(request: IncomingMessage): Promise<Buffer | CodedRefusal> {
  const { promise, resolve } = Promise.withResolvers<Buffer | CodedRefusal>()
  const chunks: Buffer[] = []
  let length = 0
  request.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > BODY_BYTES_MAX) resolve(TOO_LARGE)
    else chunks.push(chunk)
  })
  request.on('end', () => resolve(Buffer.concat(chunks)))
  request.on('error', () => resolve(CUT_OFF))
  request.on('close', () => resolve(CUT_OFF))
  return promise
}

/** Reads JSON. Undefined is the answer for no body at all. It never throws. */
export function parseJson(
  bytes: Buffer,
):
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly refusal: CodedRefusal } {
  if (bytes.length === 0) return { ok: true, value: undefined }
  if (!isUtf8(bytes)) return { ok: false, refusal: NO_JSON }
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { ok: false, refusal: NO_JSON }
  }
  // An escape may hide a name, so text with one is looked at whole.
  const isSuspect =
    text.includes('__proto__') || text.includes('constructor') || text.includes('\\')
  if (isSuspect && hasPoison(value)) return { ok: false, refusal: NOT_A_FIELD }
  return { ok: true, value }
}

// A loop and not a recursion: 64 KiB of brackets are deeper than the stack may be.
function hasPoison(root: unknown): boolean {
  const left: unknown[] = [root]
  while (left.length > 0) {
    const value = left.pop()
    if (typeof value !== 'object' || value === null) continue
    if (Object.hasOwn(value, '__proto__') || Object.hasOwn(value, 'constructor')) return true
    left.push(...Object.values(value))
  }
  return false
}

/** Whether a content type is JSON, in the only encoding that JSON has. */
export function isJson(contentType: string | undefined): boolean {
  if (contentType === 'application/json') return true
  // No two parts can match the same blank, so a header full of blanks costs no more than its length.
  return /^\s*application\/json\s*(?:;\s*(?:charset="?utf-8"?\s*(?:;\s*)?)?)?$/i.test(
    contentType ?? '',
  )
}
