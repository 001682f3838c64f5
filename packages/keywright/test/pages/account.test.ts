import { describe, expect, it } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { good } from '../people/lab.ts'
import { STRONG, TOTP_CODE } from './memory-accounts.ts'
import { openPages } from './open-pages.ts'

describe('the front door of a server that stands alone', () => {
  it('leads to the account, and so to the sign-in where nobody is signed in', async () => {
    const { reader } = await openPages()
    const ann = reader()
    await ann.open('/')
    expect([ann.page.status, ann.location]).toEqual([303, '/account'])
    await ann.follow()
    expect(ann.heading).toBe('Sign in')
  })
})

describe('the account page', () => {
  it('changes the name and the password, and says what was done', async () => {
    const { signedIn } = await openPages()
    const ann = await signedIn('ann')
    await ann.send('/account/name', { name: ' ' })
    expect(ann.page.status).toBe(422)
    expect(ann.page.text).toContain('id="name-error"')
    await ann.send('/account/name', { name: 'Ann Other' })
    await ann.follow()
    expect(ann.page.text).toContain('Your name is changed.')
    expect(ann.page.text).toContain('value="Ann Other"')
    await ann.send('/account/password', { current: 'wrong', next: STRONG })
    expect(ann.page.text).toContain('id="current-error"')
    await ann.send('/account/password', { current: STRONG, next: 'short' })
    expect(ann.page.text).toContain('id="next-error"')
    await ann.send('/account/password', { current: STRONG, next: 'another good password' })
    await ann.follow()
    expect(ann.page.text).toContain('Your password is changed.')
  })

  it('shows an authenticator its key in three forms, and the recovery codes, once', async () => {
    const { signedIn } = await openPages()
    const ann = await signedIn('ann')
    await ann.send('/account/authenticator', { password: 'wrong' })
    expect(ann.page.text).toContain('id="password-error"')
    await ann.send('/account/authenticator', { password: STRONG })
    expect(ann.page.text).toContain('href="otpauth://totp/Lab:ann@lab.example?secret=')
    expect(ann.page.text).toContain('<code>JBSW Y3DP EHPK 3PXP</code>')
    expect(ann.page.text).toMatch(/<svg[^>]*role="img"[^>]*aria-label="The code for/)
    expect(ann.page.text).toContain('<code>rcvr-0001</code>')
    await ann.send('/account/authenticator/confirm', { code: '1' })
    expect(ann.page.status).toBe(401)
    expect(ann.page.text).not.toContain('JBSW')
    await ann.send('/account/authenticator/confirm', { code: TOTP_CODE })
    await ann.follow()
    expect(ann.page.text).toContain('Two-step sign-in is on.')
    await ann.send('/account/authenticator/remove', { password: STRONG })
    await ann.follow()
    expect(ann.page.text).toContain('Two-step sign-in is off.')
  })

  it('adds and removes passkeys, and asks for a fresh sign-in first where it takes one', async () => {
    const { signedIn, accounts } = await openPages()
    const ann = await signedIn('ann')
    const options = await ann.send('/account/passkeys', {}, '/account/passkeys/options')
    expect([options.status, options.text]).toEqual([200, '{"challenge":"AQ"}'])
    await ann.open('/account')
    await ann.send('/account/passkeys', { passkey_name: 'laptop & key', response: '{}' })
    await ann.follow()
    expect(ann.page.text).toContain('<strong>laptop &amp; key</strong>')
    await ann.send('/account/passkeys/remove')
    await ann.follow()
    expect(ann.page.text).not.toContain('laptop &amp; key')
    accounts.age()
    expect((await ann.send('/account/passkeys', {}, '/account/passkeys/options')).status).toBe(403)
  })

  it('lists the sign-ins and ends another one', async () => {
    const { signedIn, reader } = await openPages()
    const ann = await signedIn('ann')
    const elsewhere = reader()
    await elsewhere.open('/sign-in')
    await elsewhere.send('/sign-in', { email: 'ann@lab.example', password: STRONG })
    await ann.open('/account')
    expect(ann.page.text).toContain('Firefox on Linux')
    await ann.send('/account/sessions/end')
    await ann.follow()
    expect(ann.page.text).toContain('That sign-in has ended.')
    await elsewhere.open('/account')
    expect(elsewhere.location).toBe('/sign-in?return_to=%2Faccount')
  })

  it('sends somebody whose sign-in has ended meanwhile to sign in, also from a form', async () => {
    const { signedIn, reader } = await openPages()
    const ann = await signedIn('ann')
    const elsewhere = reader()
    await elsewhere.open('/sign-in')
    await elsewhere.send('/sign-in', { email: 'ann@lab.example', password: STRONG })
    await elsewhere.follow()
    await elsewhere.send('/account/sessions/end')
    expect(elsewhere.location).toBe('/account?done=session-ended')
    await ann.send('/account/name', { name: 'Late' })
    expect(ann.location).toBe('/sign-in?return_to=%2Faccount')
  })
})

describe('accepting an invitation', () => {
  it('gives the role to who is signed in, from a form and never from an address', async () => {
    const { lab, signedIn, reader } = await openPages()
    const resource = 'organizations/o1'
    const invited = await good(
      lab.authority.invitations.create({ email: 'ann@lab.example', resource, role: 'viewer' }),
    )
    rememberSecret(invited.token)
    const anybody = reader()
    await anybody.open('/invitations/accept')
    expect(anybody.page.text).toContain('href="/sign-in?return_to=%2Finvitations%2Faccept"')
    const bob = await signedIn('bob')
    await bob.open('/invitations/accept')
    await bob.send('/invitations/accept', { token: invited.token })
    expect(bob.page.status).toBe(403)
    const ann = await signedIn('ann')
    await ann.open(`/invitations/accept?token=${invited.token}`)
    expect(ann.page.text).not.toContain(invited.token)
    await ann.send('/invitations/accept', { token: ` ${invited.token} ` })
    expect([ann.page.status, ann.heading]).toEqual([200, 'Welcome'])
    expect(ann.page.text).toContain('viewer')
    await ann.open('/invitations/accept')
    await ann.send('/invitations/accept', { token: 'made-up' })
    expect(ann.page.status).toBe(404)
  })
})

describe('around the pages', () => {
  it('browsers get pages for what is not there, programs get problems', async () => {
    const { app, reader } = await openPages()
    const ann = reader()
    await ann.open('/nowhere')
    expect([ann.page.status, ann.heading]).toEqual([404, 'There is nothing here'])
    expect((await ann.open('/v1/nowhere')).headers['content-type']).toBe('application/problem+json')
    const program = await app.inject({ url: '/nowhere' })
    expect(program.headers['content-type']).toBe('application/problem+json')
  })

  it('the OpenAPI document names no page', async () => {
    const { app } = await openPages()
    const document = (await app.inject({ url: '/openapi.json' })).json()
    const paths = Object.keys(document.paths)
    expect(paths).toContain('/v1/me')
    expect(
      paths.filter(
        (path) => !/^\/(v1|oauth|healthz|readyz|metrics|openapi|\.well-known)/.test(path),
      ),
    ).toEqual([])
  })

  it('the log holds paths as patterns and no token of a link', async () => {
    const { member, accounts, lines } = await openPages()
    await member('ann')
    const token = new URL(accounts.mails[0]?.link ?? '').searchParams.get('token') ?? 'none'
    expect(lines.join('\n')).toContain('"route":"/verify-email"')
    expect(lines.join('\n')).not.toContain(token)
  })

  it('lists the keys that act as the person, and ends one', async () => {
    const { signedIn, lab } = await openPages()
    const ann = await signedIn('ann')
    expect(ann.page.text).toContain('No key acts as you now.')
    const id = /usr_\w+/.exec(ann.page.text)?.[0] ?? ''
    const resource = `users/${id}`
    const minted = await good(
      lab.authority.keys.mint('personal', { resource, name: 'ann@<laptop>' }),
    )
    rememberSecret(minted.secret ?? '')
    await ann.open('/account')
    expect(ann.page.text).toContain('<strong>ann@&lt;laptop&gt;</strong>')
    expect(ann.page.text).not.toContain(minted.secret)
    await ann.send('/account/keys/revoke')
    await ann.follow()
    expect(ann.page.text).toContain('The key is revoked.')
    expect(ann.page.text).toContain('No key acts as you now.')
    const { key } = await good(lab.authority.keys.show(minted.key.id))
    expect(key.revokedBy).toBe(resource)
  })

  it('ends a key that does not count now as well: it may count again', async () => {
    const { signedIn, lab } = await openPages()
    const ann = await signedIn('ann')
    const holder = `users/${/usr_\w+/.exec(ann.page.text)?.[0]}`
    const request = { resource: 'organizations/o1', holder, name: 'elsewhere' }
    const minted = await good(lab.authority.keys.mint('personal', request))
    rememberSecret(minted.secret ?? '')
    await ann.open('/account')
    expect(ann.page.text).toContain('<strong>elsewhere</strong>')
    expect(ann.page.text).toContain('does not count now')
    await ann.send('/account/keys/revoke')
    const { key } = await good(lab.authority.keys.show(minted.key.id))
    expect(key.revokedBy).toBe(holder)
  })

  it('ends no key of somebody else (row 13)', async () => {
    const { signedIn, lab } = await openPages()
    const bob = await lab.join('bob')
    const theirs = await lab.keyOf(bob)
    const ann = await signedIn('ann')
    const resource = `users/${/usr_\w+/.exec(ann.page.text)?.[0]}`
    const own = await good(lab.authority.keys.mint('personal', { resource }))
    rememberSecret(own.secret ?? '')
    await ann.open('/account')
    await ann.send('/account/keys/revoke', { id: theirs.id })
    expect(ann.page.status).toBe(404)
    const { key } = await good(lab.authority.keys.show(theirs.id))
    expect(key.revokedAt).toBe(null)
  })
})
