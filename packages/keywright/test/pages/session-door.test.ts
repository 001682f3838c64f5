import { describe, expect, it } from 'vitest'
import { good, o1 } from '../people/lab.ts'
import { shown } from '../world/open-world.ts'
import { openPages, ORIGIN } from './open-pages.ts'

const OWN = { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }

async function openDoor() {
  const pages = await openPages()
  const { app, lab } = pages
  const ann = await pages.signedIn('ann')
  const me = await app.inject({ url: '/v1/me', headers: { cookie: ann.cookieHeader } })
  const holder = String(me.json().holder)
  const ask = async (
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    { headers = {}, body }: { headers?: Record<string, string>; body?: object | string } = {},
  ) => {
    const answer = await app.inject({
      method,
      url,
      headers: { cookie: ann.cookieHeader, ...headers },
      ...(body === undefined ? {} : { payload: body }),
    })
    return { status: answer.statusCode, code: answer.json().code, body: answer.json() }
  }
  const personId = holder.slice('users/'.length)
  await good(lab.authority.members.grant({ personId, resource: o1, role: 'owner' }))
  return { ...pages, ann, me: me.json(), holder, personId, ask }
}

const MINT = { kind: 'org', resource: o1, name: 'from the browser' }

describe('a request with a session cookie', () => {
  it('acts as the person who is signed in', async () => {
    const { me, holder, ask, ann } = await openDoor()
    expect(me).toMatchObject({ type: 'session', key_id: null, kind: 'users', holder })
    expect((await ask('GET', '/v1/me/scopes')).status).toBe(200)
    expect((await ask('GET', `/v1/keys?resource=${o1}`)).status).toBe(200)
    await ann.open('/account')
    await ann.send('/sign-out')
    expect(await ask('GET', '/v1/me')).toMatchObject({ status: 401, code: 'missing_credential' })
  })

  it('changes something only when a page of ours asks for it, in JSON (row 59)', async () => {
    const { ask } = await openDoor()
    for (const headers of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
      { ...OWN, 'sec-fetch-site': 'cross-site' },
      { ...OWN, 'sec-fetch-site': 'same-site' },
    ] as Record<string, string>[]) {
      const answer = await ask('POST', '/v1/keys', { headers, body: MINT })
      expect([answer.status, answer.code]).toEqual([403, 'cross_site_request'])
      expect((await ask('DELETE', '/v1/keys/key_1', { headers })).code).toBe('cross_site_request')
    }
    const text = { ...OWN, 'content-type': 'text/plain' }
    expect(
      (await ask('POST', '/v1/keys', { headers: text, body: JSON.stringify(MINT) })).status,
    ).toBe(415)
    const wrong = await ask('POST', '/v1/keys', {
      headers: OWN,
      body: { ...MINT, kind: 'nothing' },
    })
    expect(wrong.code).toBe('unknown_kind')
  })

  it('is refused as conflicting beside the credential of somebody else, and not beside one of theirs', async () => {
    const { ask, lab, holder } = await openDoor()
    const org = await shown(lab.authority.keys.mint('org', { resource: o1 }))
    const own = await shown(lab.authority.keys.mint('personal', { resource: holder, holder }))
    const by = (secret: string) => ({ headers: { authorization: `Bearer ${secret}` } })
    expect(await ask('GET', '/v1/me', by(org.secret))).toMatchObject({
      status: 400,
      code: 'conflicting_credentials',
    })
    const answer = await ask('GET', '/v1/me', by(own.secret))
    expect(answer.body).toMatchObject({ type: 'key', key_id: own.id })
    expect((await ask('GET', '/v1/me', by('lab_pk_nonsense'))).status).toBe(401)
    const withoutCookie = { headers: { ...by(org.secret).headers, cookie: '' } }
    expect((await ask('GET', '/v1/me', withoutCookie)).status).toBe(200)
  })

  it('means nothing at the doors for APIs, which take credentials only', async () => {
    const { ask } = await openDoor()
    expect((await ask('GET', '/v1/forward-auth')).code).toBe('missing_credential')
    const body = { credential: 'lab_pk_x' }
    expect((await ask('POST', '/v1/verify', { headers: OWN, body })).code).toBe(
      'missing_credential',
    )
  })
})
