import { writeFile } from 'node:fs/promises'
import { STARTER } from './starter.ts'

/** Writes a commented definition to start from; never over a file that is there. */
export async function initDefinition(file: string): Promise<{ isWritten: boolean }> {
  try {
    await writeFile(file, STARTER, { flag: 'wx' })
    return { isWritten: true }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
      return { isWritten: false }
    throw error
  }
}
