import { writeFile } from 'node:fs/promises'
import { StartError } from '../open/start-error.ts'
import { STARTER } from './starter.ts'

/** Writes a commented definition to start from; never over a file that is there. */
export async function initDefinition(file: string): Promise<{ isWritten: boolean }> {
  try {
    await writeFile(file, STARTER, { flag: 'wx' })
    return { isWritten: true }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return { isWritten: false }
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      const fix = 'Make the folder first, or name another file.'
      throw new StartError('definition_unreadable', `There is no folder for ${file}.`, fix)
    }
    throw error
  }
}
