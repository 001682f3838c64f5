// What a client does at an API, on any runtime, told line by line. It lives by its options, as in a browser.

import {
  APIError,
  AuthenticationError,
  ClientError,
  ConfigError,
  findTransport,
  Secret,
  TimeoutError,
} from '@keywright/client'
import { Acme } from './brands.ts'
import type { Say } from './say.ts'
import { explained, failureOf } from './say.ts'

/** Where the story's API is, and the one credential that it takes. */
export interface Place {
  readonly serverUrl: string
  readonly apiKey: string
}

export async function overHttp(say: Say, place: Place): Promise<void> {
  await readsLists(say, place)
  await triesAgain(say, place)
  await uploads(say, place)
  await refusals(say, place)
  keepsSecrets(say, place)
}

async function readsLists(say: Say, place: Place): Promise<void> {
  const acme = Acme.fromEnv(place)
  for await (const { id } of acme.agents.list()) say(`agent ${id}`)
  const { data, requestId, response } = await acme.agents.get('agt_1').withResponse()
  say(`${data.id}, ${response.status}, request ${requestId ?? 'without id'}`)
}

/** The waits are told and cut short: that they end is the runtime's, how long they are is ours. */
async function triesAgain(say: Say, place: Place): Promise<void> {
  const { sleep } = findTransport()
  const acme = new Acme({
    ...place,
    host: {
      random: () => 0,
      sleep: (ms, signal) => {
        say(`waits ${ms} ms`)
        return sleep(1, signal)
      },
    },
  })
  say(`then ${(await acme.agents.get('busy')).id}`)
}

async function uploads(say: Say, place: Place): Promise<void> {
  const form = new FormData()
  form.set('file', new Blob(['abc']), 'abc.txt')
  const files = [
    new Uint8Array([1, 2, 3]),
    new Uint8Array(100_000),
    new Blob(['12345'], { type: 'text/plain' }),
    form,
  ]
  for (const { bytes, type, isNamed } of await new Acme(place).upload(files)) {
    const [kind = ''] = type.split(';')
    // Where a form is cut into parts is random, and as long as the runtime likes.
    const size = kind === 'multipart/form-data' ? 'some' : String(bytes)
    say(`uploaded ${size} bytes, ${kind || 'no type'}, ${isNamed ? 'named' : 'not named'}`)
  }
}

async function refusals(say: Say, place: Place): Promise<void> {
  const wrong = { ...place, apiKey: `${place.apiKey.slice(0, -1)}x` }
  const refused = await failureOf(new Acme(wrong).agents.get('agt_1'))
  say(String(refused))
  say(`a 401 is an AuthenticationError: ${refused instanceof AuthenticationError}`)
  if (refused instanceof APIError) say(`it knows ${refused.source}, ${refused.requestId}`)
  const moved = await failureOf(new Acme(place).agents.get('moved'))
  say(`another origin: ${moved instanceof APIError && moved.code}`)
  const hint = moved instanceof APIError ? moved.hint : ''
  say(`it says what to do: ${hint?.includes('ACME_SERVER_URL')}`)
  const late = await failureOf(
    new Acme({ ...place, maxRetries: 0 }).call('GET /v1/never', { timeout: 0.05 }),
  )
  say(`no answer in time is a TimeoutError: ${late instanceof TimeoutError}`)
  const stopped = AbortSignal.abort(new Error('enough'))
  say(String(await failureOf(new Acme(place).call('GET /v1/me', { signal: stopped }))))
  const none = await failureOf(async () => Acme.fromEnv({ serverUrl: place.serverUrl }))
  say(String(none))
  say(`and is a ConfigError: ${none instanceof ConfigError && none instanceof ClientError}`)
}

function keepsSecrets(say: Say, place: Place): void {
  const secret = new Secret(place.apiKey)
  say(`${String(secret)} ${JSON.stringify({ secret })} ${secret.reveal() === place.apiKey}`)
  for (const line of explained(new Acme(place).explain())) say(line)
}
