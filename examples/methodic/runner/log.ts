// Where an instance's output goes. A program may print its whole environment: its key must not lie in a file because of
// that, so each line is scrubbed on its way.

import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { redactSecrets } from 'keywright'

const LINE_LENGTH_MAX = 16 * 1024
const LOG_BYTES_MAX = 1024 * 1024

/** Splits text into lines as it comes; a line that never ends is left out, not gathered. */
export class Lines {
  #rest = ''
  #isTooLong = false
  readonly #take: (line: string) => void

  constructor(take: (line: string) => void) {
    this.#take = take
  }

  push(text: string): void {
    const parts = text.split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      this.#add(part)
      this.end()
    }
    this.#add(last)
  }

  /** What is left counts as a line. */
  end(): void {
    if (this.#isTooLong) this.#take('(a line that is too long was left out)')
    else if (this.#rest !== '') this.#take(this.#rest)
    this.#rest = ''
    this.#isTooLong = false
  }

  #add(text: string): void {
    if (this.#rest.length + text.length > LINE_LENGTH_MAX) this.#isTooLong = true
    this.#rest = this.#isTooLong ? '' : this.#rest + text
  }
}

/**
 * Writes what some streams say into an owner-only file, up to a bound, and reads on after that.
 * @returns resolves when all of them have ended and the file is written
 */
export async function keepLog(path: string, streams: readonly Readable[]): Promise<void> {
  const file = createWriteStream(path, { mode: 0o600 })
  // A log that cannot be written is no reason to end a run.
  const written = finished(file).catch(() => {})
  let bytes = 0
  const write = (line: string): void => {
    const clean = `${redactSecrets(line)}\n`
    bytes += Buffer.byteLength(clean)
    if (bytes <= LOG_BYTES_MAX) file.write(clean)
  }
  await Promise.all(
    streams.map(async (stream) => {
      const lines = new Lines(write)
      stream.setEncoding('utf8')
      stream.on('data', (text: string) => lines.push(text))
      await once(stream, 'close')
      lines.end()
    }),
  )
  file.end()
  await written
}
