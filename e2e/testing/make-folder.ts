import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { keepSink } from '../../tools/canary/registry.ts'

/** A folder that is kept for the canary scan and removed when the test is over. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-e2e-'))
  onTestFinished(() => {
    keepSink(folder)
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}
