// Environment: ANSWER, a WireAnswer. Reads each request whole, parses a JSON body, and gives that answer.

import { createServer } from 'node:http'
import type { WireAnswer } from '../fixture/sample-answer.ts'

const { status, headers, body } = JSON.parse(process.env['ANSWER'] ?? '') as WireAnswer
const lines = [...headers]

const server = createServer((request, response) => {
  const answer = (): void => void response.writeHead(status, lines).end(body)
  if (request.method !== 'POST') return answer()
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString())
    answer()
  })
})

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('There is no port.')
  console.log(`listening on http://127.0.0.1:${address.port}`)
})

process.once('SIGTERM', () => process.exit(0))
