import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { startIssuer } from './provider.ts'
import { openIssuerState } from './state.ts'

test('the issuer is made once, whoever comes first, and stays where it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'methodic-issuer-'))
  const [one, ...others] = await Promise.all([1, 2, 3].map(() => openIssuerState(folder)))
  expect(others).toEqual([one, one])
  expect(await openIssuerState(folder)).toEqual(one)
  expect(statSync(join(folder, 'issuer.json')).mode & 0o777).toBe(0o600)
  rmSync(folder, { recursive: true })
})

test('an issuer whose port is taken says so, and does not move', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'methodic-issuer-'))
  const state = await openIssuerState(folder)
  const running = await startIssuer(state)
  await expect(startIssuer(state)).rejects.toThrow(/another program has that port/)
  await running.close()
  rmSync(folder, { recursive: true })
})
