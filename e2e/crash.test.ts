// Kill -9 at random moments: what was acknowledged is there, nothing is half there, no quota is exceeded and the
// events have no holes. KEYWRIGHT_CRASH_SEED repeats a run's choices, KEYWRIGHT_CRASH_KILLS changes how many there are.

import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Life, Spent } from './crash/lane.ts'
import { checkAfter, liveAndDie } from './crash/lane.ts'
import { makeFolder } from './testing/make-folder.ts'

const SEED = Number(process.env['KEYWRIGHT_CRASH_SEED'] ?? 20_261_121)
const KILLS = Number(process.env['KEYWRIGHT_CRASH_KILLS'] ?? 80)
/** So many lives share one quota. */
const LIVES_PER_ORGANIZATION = 5

async function liveThrough(life: Life, spent: Spent): Promise<number> {
  try {
    const reports = await liveAndDie(life)
    await checkAfter(life, reports, spent)
    return reports.length
  } catch (error) {
    throw new Error(`seed ${life.seed}, ${life.moment}, in ${life.organization}`, { cause: error })
  }
}

describe('a process that is killed', () => {
  test(
    `loses nothing it acknowledged, ${KILLS} times over two folders`,
    async () => {
      const lane = async (number: number, database: string): Promise<void> => {
        const spent: Spent = new Map()
        let reported = 0
        for (let index = 0; index < KILLS / 2; index += 1) {
          const organization = `o${Math.floor(index / LIVES_PER_ORGANIZATION)}`
          const moment = index % 6 === 5 ? 'at close' : 'at work'
          const seed = SEED + 2 * index + number
          reported += await liveThrough({ database, seed, organization, moment }, spent)
        }
        expect(reported).toBeGreaterThan(KILLS)
      }
      const folders = [makeFolder(), makeFolder()]
      await Promise.all(folders.map((folder, number) => lane(number, join(folder, 'crash.db'))))
    },
    Math.max(240_000, KILLS * 1500),
  )

  test('at its first start leaves a folder that the next start goes on with', async () => {
    const lane = async (number: number): Promise<void> => {
      for (let index = 0; index < 12; index += 1) {
        const database = join(makeFolder(), 'crash.db')
        const seed = SEED + 2 * index + number
        const life: Life = { database, seed, organization: 'o1', moment: 'at first start' }
        await liveThrough(life, new Map())
        await liveThrough({ ...life, seed: seed + 1000, moment: 'at work' }, new Map())
      }
    }
    await Promise.all([lane(0), lane(1)])
  })
})
