/** A file that is there for one secret: new, its owner's alone, and never over something that was there. */
import { open, rm } from 'node:fs/promises'
import { Failure } from '../output/failure.ts'
import { SECRET_MODE } from './write-atomic.ts'

export interface NewSecretFile {
  /** @throws what the system says; the file is taken away then */
  write(text: string): Promise<void>
  /** Takes the file away, when there is nothing to put into it. */
  discard(): Promise<void>
}

/**
 * Makes the file empty, before there is a secret that would be lost without it.
 *
 * @throws Failure `file_unusable` when there is something already, also a link, or the system refuses
 */
export async function reserveSecretFile(path: string): Promise<NewSecretFile> {
  const file = await open(path, 'wx', SECRET_MODE).catch((error: NodeJS.ErrnoException) => {
    throw unusable(path, error)
  })
  const discard = async (): Promise<void> => {
    await file.close().catch(() => undefined)
    await rm(path, { force: true })
  }
  return {
    discard,
    async write(text) {
      try {
        // The mode at creation is cut by the process's umask.
        await file.chmod(SECRET_MODE)
        await file.writeFile(text)
        await file.sync()
        await file.close()
      } catch (error) {
        await discard()
        throw error
      }
    },
  }
}

function unusable(path: string, error: NodeJS.ErrnoException): Failure {
  if (error.code === 'EEXIST') {
    return new Failure('file_unusable', `${path} is there already, and is left as it is.`, {
      hint: 'Name a file that is not there yet.',
      cause: error,
    })
  }
  const why = error.code === 'ENOENT' ? 'there is no such folder' : `the system says ${error.code}`
  return new Failure('file_unusable', `${path} cannot be made: ${why}.`, { cause: error })
}
