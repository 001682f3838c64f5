// Logins of people with accounts of our own: from signing up to the key, over the pages alone.

import { randomBytes } from 'node:crypto'
import { createServer } from '@keywright/server'
import { openAccounts } from 'keywright'
import { expect, it, onTestFinished, vi } from 'vitest'
import { rememberSecret } from '../../../../tools/canary/registry.ts'
import { Reader } from '../pages/reader.ts'
import { verdict } from '../world/open-world.ts'
import { handed, openStudio, REDIRECT } from './studio.ts'

const ORIGIN = 'https://studio.example'
const PASSWORD = 'six words that make a passphrase'
const EMAIL = 'ada@studio.example'

/** The studio with accounts; only dates are faked, and the authority goes by them. */
async function opened() {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-05-01T10:00:00Z') })
  onTestFinished(() => void vi.useRealTimers())
  rememberSecret(PASSWORD)
  const clock = { now: () => Date.now(), monotonic: () => Date.now() }
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))
  const studio = await openStudio({ clock, random })
  const { authority } = studio
  const links: string[] = []
  const accounts = await openAccounts(authority, {
    baseUrl: ORIGIN,
    sendMail: async ({ text }) => {
      const link = /https:\/\/\S+/.exec(text)?.[0] ?? ''
      rememberSecret(new URL(link).searchParams.get('token') ?? '')
      links.push(link)
    },
  })
  const app = createServer({ authority, clock, random, accounts })
  onTestFinished(() => app.close())
  const reader = new Reader(app, ORIGIN)
  const signIn = async (): Promise<void> => {
    await reader.follow()
    await reader.send('/sign-in', { email: EMAIL, password: PASSWORD })
    await reader.follow()
  }
  return {
    studio,
    reader,
    signIn,
    async signUp(): Promise<void> {
      await reader.open('/sign-up')
      await reader.send('/sign-up', { name: 'Ada', email: EMAIL, password: PASSWORD })
      await reader.open(links.at(-1) ?? '')
      await reader.send('/verify-email', { password: PASSWORD })
      await reader.follow()
      await reader.send('/sign-out')
    },
  }
}

it('a person signs up, signs in on the way and lets a program in', async () => {
  const { studio, reader, signIn, signUp } = await opened()
  await signUp()
  const { codeChallenge, clientId } = studio.parameters()
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT,
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
    device_name: 'ada@laptop',
  })
  await reader.open(`/oauth/authorize?${query.toString()}`)
  await signIn()
  expect(reader.heading).toBe('Let Studio CLI in?')
  expect(reader.page.text).toContain(`Ada (${EMAIL})`)
  await reader.send('/oauth/authorize')
  const answer = new URL(reader.location).searchParams
  const code = answer.get('code') ?? ''
  rememberSecret(code)
  expect(answer.get('iss')).toBe(ORIGIN)
  const { key, secret } = handed(await studio.redeem(code))
  expect(key.name).toBe('ada@laptop')
  expect(await verdict(studio, secret, { scope: 'films:read' })).toBe('allowed')
})

it('a person who signed in a while ago shows again who they are before a device comes in (row 53)', async () => {
  const { studio, reader, signIn, signUp } = await opened()
  await signUp()
  await reader.open('/sign-in')
  await signIn()
  vi.setSystemTime(Date.now() + 301_000)
  const { deviceCode, userCode } = await studio.start()
  await reader.open(`/device?user_code=${userCode}`)
  await reader.follow()
  expect(reader.heading).toBe('Sign in')
  await signIn()
  expect(reader.heading).toBe('Log a device in')
  await reader.send('/device', { user_code: userCode })
  await reader.send('/device/decision')
  expect(reader.heading).toBe('The device is in')
  const { secret } = handed(await studio.poll(deviceCode))
  expect(await verdict(studio, secret, { scope: 'films:read' })).toBe('allowed')
})
