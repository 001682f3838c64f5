/**
 * One line from a terminal, shown as it is typed (the terminal itself edits it), or typed unseen. What was typed or
 * pasted past the line stays in the stream for the next question.
 */
import { StringDecoder } from 'node:string_decoder'
import { Failure, interruption } from '../output/failure.ts'
import type { Input, Printer } from '../world/world.ts'
import { HiddenLine } from './hidden-line.ts'

/** Longest line that is taken. A JWT is some thousands; a file that was dropped into the prompt ends here. */
export const LINE_LENGTH_MAX = 65_536

export interface Asking {
  readonly input: Input
  readonly printer: Printer
  readonly signal: AbortSignal
}

/** What one chunk of input does to the line being read. */
type Step = { readonly line: string; readonly rest: string } | 'more' | 'interrupted' | 'ended'

/**
 * Asks and waits for a line; undefined when the input ended instead (Ctrl-D).
 *
 * @throws Failure `interrupted` on Ctrl-C
 */
export async function askLine(question: string, asking: Asking): Promise<string | undefined> {
  let typed = ''
  return readSteps(question, asking, (text) => {
    typed += text
    // What was typed ahead while the terminal was raw has the other line end.
    const end = /\r\n?|\n/.exec(typed)
    if (end === null) return 'more'
    return { line: typed.slice(0, end.index), rest: typed.slice(end.index + end[0].length) }
  })
}

/**
 * As `askLine`, with nothing of it on the screen: the terminal is in raw mode, which also takes pastes of more than the
 * 4096 characters at which terminals cut a line. The terminal is as before when this settles, whichever way.
 */
export async function askHidden(question: string, asking: Asking): Promise<string | undefined> {
  const { input, printer } = asking
  const line = new HiddenLine()
  input.setRawMode?.(true)
  try {
    return await readSteps(question, asking, (text) => line.take(text))
  } finally {
    input.setRawMode?.(false)
    // Enter was not echoed either.
    printer.write('\n')
  }
}

function readSteps(
  question: string,
  { input, printer, signal }: Asking,
  take: (text: string) => Step,
): Promise<string | undefined> {
  if (signal.aborted) throw interruption()
  printer.write(question)
  const decoder = new StringDecoder('utf8')
  let length = 0
  return new Promise((resolve, reject) => {
    const settle = (how: () => void): void => {
      input.off('data', onData)
      input.off('end', onEnd)
      signal.removeEventListener('abort', onAbort)
      input.pause()
      how()
    }
    const onEnd = (): void => settle(() => resolve(undefined))
    const onAbort = (): void => settle(() => reject(interruption()))
    const onData = (chunk: Buffer | string): void => {
      const text = typeof chunk === 'string' ? chunk : decoder.write(chunk)
      length += text.length
      if (length > LINE_LENGTH_MAX) {
        settle(() => reject(new Failure('malformed_secret', 'The input is too long for one line.')))
        return
      }
      const step = take(text)
      if (step === 'more') return
      if (step === 'interrupted') settle(() => reject(interruption()))
      else if (step === 'ended') settle(() => resolve(undefined))
      else {
        settle(() => {
          if (step.rest !== '') input.unshift(Buffer.from(step.rest))
          resolve(step.line)
        })
      }
    }
    input.on('data', onData)
    input.once('end', onEnd)
    signal.addEventListener('abort', onAbort, { once: true })
    input.resume()
  })
}
