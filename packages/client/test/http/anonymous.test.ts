import { expect, test } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { chronicleOf, KEY } from '../../testing/client.ts'
import { inTurn, json, serve } from '../../testing/server.ts'

rememberSecret(KEY)

test('an anonymous call leaves the credential here', async () => {
  const server = await serve(inTurn(json(201, { id: 'key_1' })))
  const client = chronicleOf(server)
  const call = client.call('POST /v1/pickups/redeem', { body: {}, isAnonymous: true })
  expect(await call).toEqual({ id: 'key_1' })
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([undefined])
})

test('what stands in place of the credential is told by no error of it', async () => {
  const code = 'WDJB-MJHT-QXNC-LSRZ'
  rememberSecret(code)
  const server = await serve(inTurn(json(404, { code: 'gone', detail: `There is no ${code}.` })))
  const client = chronicleOf(server, { apiKey: code })
  const call = client.call('POST /v1/pickups/redeem', { body: { code }, isAnonymous: true })
  await expect(call).rejects.toMatchObject({ message: 'There is no …. (404 gone)' })
})
