// Writes one credential after the other until it is killed: `node writer.ts FILE`.

import { randomFillSync } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { changeFile } from '../../src/store/change-file.ts'

const [path = ''] = process.argv.slice(2)

const world = {
  hostName: hostname(),
  processId: process.pid,
  interrupted: new AbortController().signal,
  now: () => Date.now(),
  wait: (milliseconds: number, signal: AbortSignal) => wait(milliseconds, undefined, { signal }),
  random: (length: number) => randomFillSync(new Uint8Array(length)),
  isRunning(processId: number): boolean {
    try {
      return process.kill(processId, 0)
    } catch {
      return false
    }
  },
}

for (let count = 0; ; count += 1) {
  const text = `api_key: ${String(count % 10).repeat(20_000)}\n`
  await changeFile({ path, mode: 'secret', isFolderOwn: true, change: () => text }, world)
  if (count === 0) process.stdout.write('writing\n')
}
