/** A file that is there for one secret: new, its owner's alone, and never over something that was there. */
import { open, rm } from 'node:fs/promises'
import { Failure } from '../output/failure.ts'
import { SECRET_MODE } from './write-atomic.ts'

export interface NewSecretFile {
  /** @throws what the system says */
  write(text: string): Promise<void>
  /** Takes the file away, when there is nothing to put into it or it could not be written. */
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
  return {
    async write(text) {
      // The mode at creation is cut by the process's umask.
      await file.chmod(SECRET_MODE)
      await file.writeFile(text)
      await file.sync()
      await file.close()
    },
    async discard() {
      await file.close().catch(() => undefined)
      await rm(path, { force: true })
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
