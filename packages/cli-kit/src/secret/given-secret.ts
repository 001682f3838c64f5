/** A secret from where the person said it is: standard input, a file, or the command line itself. */
import { readFile } from 'node:fs/promises'
import { Failure } from '../output/failure.ts'
import { LINE_LENGTH_MAX } from '../prompt/read-line.ts'
import type { Input } from '../world/world.ts'

/** All of standard input. @throws Failure when it is longer than a secret can be */
export async function readAll(input: Input): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > LINE_LENGTH_MAX) {
      throw new Failure('malformed_secret', 'Standard input is too long for a credential.')
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The text of a file. @throws Failure `file_unusable` */
export async function readSecretFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'it does not exist' : `the system says ${code ?? 'no'}`
    throw new Failure('file_unusable', `${path} cannot be read: ${why}.`, { cause: error })
  }
}
