/**
 * Gives the run a fresh canary folder and scans it at the end. A run counts as full when every
 * file of the e2e project took part; only then must there be something to scan.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { inspectRun } from './inspect.ts'
import { CANARY_DIR } from './registry.ts'

export default function setUp(root: TestProject): () => Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'keywright-canary-'))
  process.env[CANARY_DIR] = folder
  return async () => {
    const problems = inspectRun(folder, { fullRun: await isFullRun(root) })
    if (problems.length > 0) {
      throw new Error(`the canary scan of ${folder} failed:\n  ${problems.join('\n  ')}`)
    }
    rmSync(folder, { recursive: true, force: true })
  }
}

async function isFullRun({ vitest }: TestProject): Promise<boolean> {
  const stories = vitest.projects.find((project) => project.name === 'e2e')
  if (stories === undefined || vitest.config.testNamePattern !== undefined) return false
  const { testFiles } = await stories.globTestFiles()
  const ran = new Set(vitest.state.getTestModules().map((module) => module.moduleId))
  return testFiles.length > 0 && testFiles.every((file) => ran.has(file))
}
