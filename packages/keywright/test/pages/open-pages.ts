// The pages over a real authority, with somebody who reads them.

import { seededRandom } from '@keywright/core/testing'
import { createServer } from '@keywright/server'
import { onTestFinished } from 'vitest'
import { good, openLab } from '../people/lab.ts'
import { openMemoryAccounts, STRONG } from './memory-accounts.ts'
import { Reader } from './reader.ts'

export const ORIGIN = 'https://lab.example'

export async function openPages() {
  const lab = await openLab()
  const { authority } = lab
  const accounts = openMemoryAccounts(ORIGIN, async (name, email) => {
    const { person } = await good(authority.people.add({ name, email, isEmailVerified: true }))
    return person.id
  })
  const lines: string[] = []
  const app = createServer({
    authority,
    clock: lab.world.clock,
    random: seededRandom(23),
    log: (line) => lines.push(line),
    accounts,
  })
  onTestFinished(() => app.close())
  const reader = (): Reader => new Reader(app, ORIGIN)
  const member = async (name: string): Promise<Reader> => {
    const somebody = reader()
    await somebody.open('/sign-up')
    await somebody.send('/sign-up', { name, email: `${name}@lab.example`, password: STRONG })
    await somebody.open(accounts.mails.at(-1)?.link ?? '')
    await somebody.send('/verify-email', { password: STRONG })
    await somebody.follow()
    await somebody.send('/sign-out')
    return somebody
  }
  return {
    lab,
    app,
    accounts,
    lines,
    reader,
    /** Somebody who has signed up and verified their address, and signed out again. */
    member,
    /** The same, signed in and on the account page. */
    async signedIn(name: string): Promise<Reader> {
      const somebody = await member(name)
      await somebody.send('/sign-in', { email: `${name}@lab.example`, password: STRONG })
      await somebody.follow()
      return somebody
    },
  }
}
