import { Agent, request } from 'node:http'
import type { Load } from './load.ts'
import { CONNECTIONS } from './load.ts'
import type { WireRequest } from './wire-request.ts'
import { headersOf } from './wire-request.ts'

/** A load out of this process. */
export function nodeLoad(seconds: number): Load {
  return async (url, requests) => {
    const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
    const startedMs = performance.now()
    const endsMs = startedMs + seconds * 1000
    let count = 0
    const send = async (): Promise<void> => {
      while (performance.now() < endsMs) {
        const asked = requests[count++ % requests.length] as WireRequest
        await ask(agent, url, asked)
      }
    }
    await Promise.all(Array.from({ length: CONNECTIONS }, send))
    agent.destroy()
    return (count * 1000) / (performance.now() - startedMs)
  }
}

function ask(agent: Agent, url: string, asked: WireRequest): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const options = { agent, method: asked.method, headers: headersOf(asked) }
  const sent = request(new URL(asked.path, url), options, (response) => {
    if (response.statusCode !== 200) reject(new Error(`A server answered ${response.statusCode}.`))
    response.resume()
    response.on('end', resolve)
  })
  sent.on('error', reject)
  sent.end(asked.body)
  return promise
}
