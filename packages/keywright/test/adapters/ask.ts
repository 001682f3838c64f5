import { request } from 'node:http'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
  /** The body, when it is JSON. */
  readonly body: Record<string, unknown>
}

export interface Question {
  readonly method?: string
  /** Sent as it is, not normalized. */
  readonly path: string
  /** Names and values in turn, each pair a line of its own. */
  readonly headers?: readonly string[]
}

/** One request exactly as written, which `fetch` would tidy up. */
export function ask(port: number, question: Question): Promise<Answer> {
  const { method = 'GET', path, headers = [] } = question
  return new Promise((resolve, reject) => {
    const lines = ['host', `127.0.0.1:${port}`, 'content-length', '0', ...headers]
    const sent = request({ host: '127.0.0.1', port, method, path, headers: lines, agent: false })
    sent.on('error', reject)
    sent.on('response', (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString()
        const isJson = response.headers['content-type']?.includes('json') === true && text !== ''
        const body = isJson ? (JSON.parse(text) as Record<string, unknown>) : {}
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body })
      })
    })
    sent.end()
  })
}
