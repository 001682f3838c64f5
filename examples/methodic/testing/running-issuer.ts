import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { rememberSecret } from '../../../tools/canary/registry.ts'
import type { LocalIssuer } from '../issuer/provider.ts'
import { startIssuer } from '../issuer/provider.ts'
import type { IssuerState } from '../issuer/state.ts'
import { openIssuerState } from '../issuer/state.ts'

interface Opened {
  readonly state: IssuerState
  readonly provider: LocalIssuer
  readonly folder: string
}

let opened: Promise<Opened> | undefined

/** The local issuer, running: one for all tests of a file, because its key takes a while to make. */
export async function runningIssuer(): Promise<IssuerState> {
  opened ??= open()
  return (await opened).state
}

async function open(): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), 'methodic-issuer-'))
  const state = await openIssuerState(folder)
  rememberSecret(state.clientSecret)
  return { state, provider: await startIssuer(state), folder }
}

afterAll(async () => {
  const last = await opened
  await last?.provider.close()
  if (last !== undefined) rmSync(last.folder, { recursive: true })
})
