// A process made to be killed: opens an authority, keeps several random changes in flight, and reports each over file
// descriptor 3 after it was acknowledged. `close` on stdin asks for a clean end.

import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { openAuthority } from 'keywright'
import { definition } from './definition.ts'
import { Dice } from './dice.ts'
import type { Report } from './report.ts'

const IN_FLIGHT = 6
const [database = '', seed = '1', organization = 'o1'] = process.argv.slice(2)
const resource = `organizations/${organization}`
const dice = new Dice(Number(seed))

// Written at once: what was reported is in the pipe, however the process ends.
function report(line: Report): void {
  writeSync(3, `${JSON.stringify(line)}\n`)
}

report({ op: 'loaded' })
const authority = await openAuthority(definition, { database })
report({ op: 'open' })

interface Known {
  readonly id: string
  secret: string
}

const known: Known[] = []
let minted = 0

async function mint(): Promise<void> {
  minted += 1
  const name = `${organization}-${seed}-${minted}`
  report({ op: 'intent', name, kind: 'org', resource })
  const request = { resource, name, idempotencyKey: name }
  const outcome = await authority.keys.mint('org', request)
  if (!outcome.ok || outcome.secret === null) throw new Error('a mint was refused')
  const { key, secret } = outcome
  report({ op: 'mint', name, id: key.id, secret })
  known.push({ id: key.id, secret })
}

async function mintChild(parent: Known): Promise<void> {
  const decision = await authority.verify({ credential: parent.secret, isPeek: true })
  if (!decision.allowed) return
  minted += 1
  const name = `${organization}-${seed}-${minted}`
  const request = { resource: `${resource}/agents/a${minted}`, name }
  const outcome = await authority.as(decision.principal).keys.mint('agent', request)
  if (!outcome.ok || outcome.secret === null) return
  report({ op: 'mint', name, id: outcome.key.id, secret: outcome.secret })
}

async function rotate(key: Known): Promise<void> {
  const outcome = await authority.keys.rotate(key.id)
  if (!outcome.ok || outcome.secret === null) return
  report({ op: 'rotate', id: key.id, secret: outcome.secret })
  key.secret = outcome.secret
}

async function revoke(key: Known): Promise<void> {
  known.splice(known.indexOf(key), 1)
  const outcome = await authority.keys.revoke(key.id)
  if (outcome.ok) report({ op: 'revoke', id: key.id })
}

async function narrow(key: Known): Promise<void> {
  const name = `renamed ${dice.below(1e9)}`
  const outcome = await authority.keys.narrow(key.id, { name })
  if (outcome.ok) report({ op: 'narrow', id: key.id, name })
}

async function use(key: Known): Promise<void> {
  const units = 1 + dice.below(20)
  const decision = await authority.verify({ credential: key.secret, cost: units })
  if (decision.allowed) report({ op: 'use', units })
}

async function step(): Promise<void> {
  const key = dice.pick(known)
  const choice = dice.below(10)
  if (key === undefined || choice < 3) return mint()
  if (choice === 3) return mintChild(key)
  if (choice === 4) return rotate(key)
  if (choice === 5) return revoke(key)
  if (choice === 6) return narrow(key)
  return use(key)
}

let isClosing = false

async function work(): Promise<void> {
  while (!isClosing) {
    await step()
    // Lets the others of this process, and the message that ends it, have their turn.
    await new Promise((resume) => setImmediate(resume))
  }
}

createInterface({ input: process.stdin }).on('line', () => {
  isClosing = true
  void authority.close()
})
await Promise.all(Array.from({ length: IN_FLIGHT }, work)).catch((error: unknown) => {
  // A closed authority refuses what is still under way.
  if (!isClosing) throw error
})
