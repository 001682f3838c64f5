// One data folder through many lives. Each life is ended by SIGKILL; then the folder is opened again, and everything
// that was acknowledged must be there.

import { join } from 'node:path'
import { openAuthority } from 'keywright'
import { expect } from 'vitest'
import { rememberSecret } from '../../tools/canary/registry.ts'
import { startProcess } from '../testing/start-process.ts'
import { definition, QUOTA } from './definition.ts'
import { Dice } from './dice.ts'
import { bookedFor, countEvents, inspectDatabase } from './inspect.ts'
import type { Report } from './report.ts'

const WORKER = join(import.meta.dirname, 'worker.ts')

/** When a life is ended. */
type Moment = 'at work' | 'at first start' | 'at close'

export interface Life {
  readonly database: string
  readonly seed: number
  readonly organization: string
  readonly moment: Moment
}

/** Starts a worker, kills it at a random moment, and gives back what it had reported. */
export async function liveAndDie({
  database,
  seed,
  organization,
  moment,
}: Life): Promise<Report[]> {
  const dice = new Dice(seed)
  const reports: Report[] = []
  const acknowledgements = 1 + dice.below(40)
  const delayMs = dice.below(12)
  let due: (() => void) | undefined
  const isDue = new Promise<void>((resolve) => (due = resolve))
  const worker = startProcess({
    name: 'crash worker',
    args: [WORKER, database, String(seed), organization],
    onReport: (line) => {
      const said: Report = JSON.parse(line)
      if ('secret' in said) rememberSecret(said.secret)
      reports.push(said)
      const isNow =
        moment === 'at first start'
          ? said.op === 'loaded'
          : reports.filter(isAcknowledged).length >= acknowledgements
      if (isNow) due?.()
    },
  })
  await Promise.race([isDue, worker.ended])
  if (moment === 'at close') worker.tell('close')
  await new Promise((resume) =>
    setTimeout(resume, moment === 'at first start' ? 4 * delayMs : delayMs),
  )
  const { code, signal } = await worker.kill()
  const isKilled = signal === 'SIGKILL' || (moment === 'at close' && code === 0)
  expect(isKilled, `ended with ${code}:\n${worker.stderr.join('\n')}`).toBe(true)
  return reports
}

function isAcknowledged({ op }: Report): boolean {
  return op !== 'loaded' && op !== 'open' && op !== 'intent'
}

/** What is owed to the callers of one life, folded from its reports. */
function fold(reports: readonly Report[]) {
  const keys = new Map<string, { secret: string; rotations: number; isRevoked: boolean }>()
  const asked = new Map<string, Extract<Report, { op: 'intent' }>>()
  const made = new Map<string, string>()
  let units = 0
  for (const said of reports) {
    if (said.op === 'intent') asked.set(said.name, said)
    if (said.op === 'mint') {
      made.set(said.name, said.id)
      keys.set(said.id, { secret: said.secret, rotations: 0, isRevoked: false })
    }
    if (said.op === 'use') units += said.units
    const key = 'id' in said ? keys.get(said.id) : undefined
    if (key === undefined) continue
    if (said.op === 'rotate') {
      key.secret = said.secret
      key.rotations += 1
    }
    if (said.op === 'revoke') key.isRevoked = true
  }
  return { keys, asked, made, units }
}

/** Units acknowledged so far, by organization. */
export type Spent = Map<string, number>

/** Opens the folder again and holds it against what was reported. */
export async function checkAfter(
  life: Life,
  reports: readonly Report[],
  spent: Spent,
): Promise<void> {
  const { database, organization } = life
  const { keys, asked, made, units } = fold(reports)
  const authority = await openAuthority(definition, { database })
  try {
    expect(inspectDatabase(database)).toEqual([])
    const total = (spent.get(organization) ?? 0) + units
    spent.set(organization, total)
    const booked = bookedFor(database, organization)
    expect(booked).toBeGreaterThanOrEqual(total)
    expect(booked).toBeLessThanOrEqual(QUOTA)
    for (const [id, { secret, rotations, isRevoked }] of keys) {
      const decision = await authority.verify({ credential: secret, isPeek: true })
      const word = decision.allowed ? 'allowed' : decision.code
      const turned = countEvents(database, id, 'key.rotated')
      expect(turned).toBeGreaterThanOrEqual(rotations)
      const shown = await authority.keys.show(id)
      if (!shown.ok) throw new Error(`an acknowledged key is lost: ${shown.code}`)
      if (isRevoked) expect(shown.key.revokedAt).not.toBeNull()
      // What was under way when the process died may have happened as well, whole.
      const isOver = shown.key.revokedAt !== null || shown.key.parentId !== null
      const words = isOver
        ? ['key_revoked', 'allowed', 'quota_exhausted']
        : ['allowed', 'quota_exhausted']
      if (isRevoked) expect(word).toBe('key_revoked')
      else expect(turned > rotations ? [...words, 'key_rotated'] : words).toContain(word)
    }
    for (const { name, kind, resource } of asked.values()) {
      const request = { resource, name, idempotencyKey: name }
      const again = await authority.keys.mint(kind, request)
      if (!again.ok) throw new Error(`a retry was refused: ${again.code}`)
      if (again.secret !== null) rememberSecret(again.secret)
      if (made.has(name))
        expect(again).toMatchObject({ isReplay: true, key: { id: made.get(name) } })
    }
    expect(inspectDatabase(database)).toEqual([])
  } finally {
    await authority.close()
  }
}
