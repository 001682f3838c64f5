// What Node's parser could not make a request of. There is no request and no response yet, so the answer is written to
// the socket as it is.

import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { CodedRefusal } from '@keywright/verifier'
import { problemOf } from '@keywright/verifier'
import { BASE_HEADERS, REQUEST_ID_HEADER } from './answer/headers.ts'
import type { Door } from './door/door.ts'

const REFUSALS: Readonly<Record<string, CodedRefusal>> = {
  HPE_HEADER_OVERFLOW: { code: 'headers_too_large', detail: 'Header fields have at most 16 KiB.' },
  ERR_HTTP_REQUEST_TIMEOUT: { code: 'request_timeout', detail: 'Send the request again, faster.' },
}

const MALFORMED: CodedRefusal = { code: 'malformed_request', detail: 'This is no HTTP request.' }

/** Answers once and closes the connection. */
export function answerClientError(
  door: Door,
  error: { readonly code?: string },
  socket: Socket,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy()
    return
  }
  const requestId = door.requestIds.next()
  const refusal = REFUSALS[error.code ?? ''] ?? MALFORMED
  const { status, headers, body } = problemOf(refusal, { realm: door.realm, requestId })
  const text = JSON.stringify(body)
  const lines = Object.entries({
    ...headers,
    ...BASE_HEADERS,
    [REQUEST_ID_HEADER]: requestId,
    'content-length': String(Buffer.byteLength(text)),
    connection: 'close',
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${text}`)
}
