// The standalone server against a bare node:http server, each in its own process, under the same load. The bare one
// reads the same request, body included, and answers with the same bytes and headers, so that what remains is
// Keywright's share of a request.

import { join } from 'node:path'
import { fillDatabase } from './fixture/fill.ts'
import { sampleAnswer } from './fixture/sample-answer.ts'
import { withFolder } from './harness/folder.ts'
import type { Measure } from './harness/measure.ts'
import { rateRow } from './harness/measure.ts'
import { compare } from './harness/rounds.ts'
import { loadGenerator } from './load/generator.ts'
import type { WireRequest } from './load/wire-request.ts'
import type { Served } from './processes/start.ts'
import { startBare, startKeywright } from './processes/start.ts'

const RATIO_MIN = 0.7
const ORGANIZATION = 'organizations/org_00000001'

export const http: Measure = ({ rounds, isQuick }) =>
  withFolder(async (folder) => {
    const requests = await fillFolder(folder, isQuick ? 50 : 1000)
    const load = loadGenerator({ folder, isQuick })
    const keywright = await startKeywright(folder)
    const rows = []
    try {
      for (const [measure, asked] of Object.entries(requests)) {
        const sample = await sampleAnswer(keywright.url, asked[0] as WireRequest)
        const bare = await startBare(folder, sample)
        const round = (server: Served) => () => load(server.url, asked)
        try {
          const verdict = await compare({ rounds, ours: round(keywright), theirs: round(bare) })
          const comparedWith = 'bare node:http, same bytes'
          rows.push(rateRow({ measure, comparedWith, ratioMin: RATIO_MIN }, verdict))
        } finally {
          await bare.stop()
        }
      }
    } finally {
      await keywright.stop()
    }
    return rows
  })

/** Makes the server's database. @returns the requests of each route */
async function fillFolder(folder: string, count: number): Promise<Record<string, WireRequest[]>> {
  const [agents = [], verifiers = []] = await fillDatabase(join(folder, 'keywright.db'), [
    {
      kind: 'agent',
      count,
      resource: (index) => `${ORGANIZATION}/agents/agt_${String(index).padStart(8, '0')}`,
    },
    { kind: 'verifier', count: 1, resource: () => ORGANIZATION },
  ])
  const bearer = verifiers[0]?.secret ?? ''
  const scope = 'agents:read'
  return {
    'POST /v1/verify': agents.map(({ secret: credential, resource }) => ({
      method: 'POST',
      path: '/v1/verify',
      bearer,
      body: JSON.stringify({ credential, scope, resource }),
    })),
    'GET /v1/forward-auth': agents.map(({ secret }) => ({
      method: 'GET',
      path: `/v1/forward-auth?scope=${scope}`,
      bearer: secret,
      body: '',
    })),
  }
}
