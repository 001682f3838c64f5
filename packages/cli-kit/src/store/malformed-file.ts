import type { Malformed } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import { sentence } from '../session/sentence.ts'

/** What a file that cannot be understood ends a command with: its line, and that nothing of it is lost. */
export function malformedFile(path: string, { problem, fix, line }: Malformed): Failure {
  const place = line === undefined ? path : `${path}:${line}`
  return new Failure('file_unusable', `${place} ${problem}.`, {
    hint: `${sentence(fix)} It was left as it is.`,
  })
}
