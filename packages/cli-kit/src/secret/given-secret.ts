/** A secret from where the person said it is: standard input, a file, or the command line itself. */
import { createReadStream } from 'node:fs'
import { Failure } from '../output/failure.ts'
import { LINE_LENGTH_MAX } from '../prompt/read-line.ts'

/** All of standard input, or of a file. @throws Failure when it is longer than a secret can be */
export async function readAll(input: AsyncIterable<string | Buffer>): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk)
    length += bytes.length
    if (length > LINE_LENGTH_MAX) {
      throw new Failure('malformed_secret', 'The input is too long for a credential.')
    }
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The text of a file. @throws Failure `file_unusable` */
export async function readSecretFile(path: string): Promise<string> {
  try {
    // As a stream: what never ends, as /dev/zero, is left when it is too long for a secret.
    return await readAll(createReadStream(path))
  } catch (error) {
    if (error instanceof Failure) throw error
    const { code } = error as NodeJS.ErrnoException
    const why = code === 'ENOENT' ? 'it does not exist' : `the system says ${code ?? 'no'}`
    throw new Failure('file_unusable', `${path} cannot be read: ${why}.`, { cause: error })
  }
}
