import { expect, test } from 'vitest'
import { startApp } from './testing/start-app.ts'

async function startWithDataset() {
  const app = await startApp()
  const { id } = await app.call('POST /datasets', { body: { name: 'Digits' } })
  const path = `/datasets/${id}/assets`
  const send = (name: string, body: BodyInit, key = app.key) =>
    fetch(`${app.url}${path}/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'text/csv' },
      body,
    })
  return { ...app, id, path, send }
}

test('assets are kept as they come, also many at once, and are read back', async () => {
  const { call, id, path, send, url, key } = await startWithDataset()
  const names = Array.from({ length: 8 }, (_, index) => `part-${index}.csv`)
  const sent = await Promise.all(names.map((name) => send(name, `${name}\n1,2\n`)))
  expect(sent.map(({ status }) => status)).toEqual(names.map(() => 201))
  const shown = await call(`GET /datasets/${id}`)
  expect(shown.body['assets']).toHaveLength(8)
  const read = await fetch(`${url}${path}/part-3.csv`, {
    headers: { authorization: `Bearer ${key}` },
  })
  expect(await read.text()).toBe('part-3.csv\n1,2\n')
  expect(read.headers.get('content-disposition')).toBe('attachment')
})

test('an asset of the same name takes the place of the earlier one', async () => {
  const { path, send, url, key } = await startWithDataset()
  await send('a.json', '{not json')
  expect(await (await send('a.json', 'two')).json()).toMatchObject({ size: 3 })
  const read = await fetch(`${url}${path}/a.json`, { headers: { authorization: `Bearer ${key}` } })
  expect(await read.text()).toBe('two')
})

test('an asset needs no content type', async () => {
  const { path, send, url, key } = await startWithDataset()
  const headers = { authorization: `Bearer ${key}` }
  const body = new Uint8Array([0, 255, 10])
  const sent = await fetch(`${url}${path}/a.bin`, { method: 'POST', headers, body })
  expect(sent.status).toBe(201)
  const read = await fetch(`${url}${path}/a.bin`, { headers })
  expect(read.headers.get('content-type')).toBe('application/octet-stream')
  expect(new Uint8Array(await read.arrayBuffer())).toEqual(body)
  expect(await (await send('empty.csv', '')).json()).toMatchObject({ size: 0 })
})

test('an asset is bounded and has a plain name', async () => {
  const { send } = await startWithDataset()
  const large = await send('large.bin', new Uint8Array(16 * 1024 * 1024 + 1))
  expect(large.status).toBe(413)
  expect(await large.json()).toMatchObject({ code: 'body_too_large' })
  for (const name of ['.hidden', 'a%2Fb', '%2e%2e', 'a%00b']) {
    expect.soft([404, 422], name).toContain((await send(name, 'x')).status)
  }
})

test('somebody else sees no asset and sends none', async () => {
  const { addPerson, path, send, call } = await startWithDataset()
  await send('a.csv', 'x')
  const { key } = await addPerson('sam')
  expect((await send('b.csv', 'x', key)).status).toBe(404)
  expect((await call(`GET ${path}/a.csv`, { key })).status).toBe(404)
})
