/**
 * Where a command's words go. Stdout carries data and nothing else, so that `TOK=$(cli token)` is the token; all talk
 * goes to stderr. Under `--json` the data is one document.
 */
import type { Printer } from '../world/world.ts'
import { isCi } from './ci.ts'
import { isColored, paint, type Style } from './color.ts'
import type { Failure } from './failure.ts'
import { jsonText } from './json-text.ts'
import { printable, printableLine } from './printable.ts'

/** What `--json`, `--quiet`, `--debug` and `--no-color` say. */
export interface OutputRules {
  readonly isJson: boolean
  readonly isQuiet: boolean
  readonly isDebug: boolean
  readonly isColorOff: boolean
}

/** Any document that JSON can carry. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [name: string]: Json | undefined }

/** What a terminal has that does not say how wide it is. */
const COLUMNS = 80

/** To the beginning of the line, and all of it away. */
const LINE_AWAY = '\r\u001B[K'

export interface OutputStreams {
  readonly stdout: Printer
  readonly stderr: Printer
  readonly env: Readonly<Record<string, string | undefined>>
}

export class Output {
  readonly rules: OutputRules
  readonly #streams: OutputStreams
  readonly #noted = new Set<string>()
  readonly #warned = new Set<string>()

  constructor(streams: OutputStreams, rules: OutputRules) {
    this.#streams = streams
    this.rules = rules
  }

  /** The answer of a command: the document under `--json`, otherwise its lines. */
  answer(document: Json, lines: readonly string[]): void {
    const { stdout } = this.#streams
    if (this.rules.isJson) stdout.write(`${jsonText(document, 2)}\n`)
    else for (const line of lines) stdout.write(`${printableLine(line)}\n`)
  }

  /** What another program reads, in the words of its protocol: `--json` changes nothing. */
  protocol(lines: readonly string[]): void {
    for (const line of lines) this.#streams.stdout.write(`${printable(line)}\n`)
  }

  /** Says what is going on; not under `--quiet`. */
  note(line: string): void {
    if (!this.rules.isQuiet) this.#say(line)
  }

  /** As `note`, and only the first time in a run. */
  noteOnce(line: string): void {
    if (!this.#noted.has(line)) this.note(line)
    this.#noted.add(line)
  }

  /** Says what a person must see to go on, as a code to type; also under `--quiet`. */
  show(line: string): void {
    this.#say(line)
  }

  /** Warns of what the person would not expect, once in a run; also under `--quiet`. */
  warn(line: string): void {
    if (this.#warned.has(line)) return
    this.#warned.add(line)
    this.#say(`${this.errorStyle('yellow', 'warning:')} ${line}`)
  }

  /** Says how something was decided, under `--debug` only. Never given a secret. */
  debug(line: string): void {
    if (this.rules.isDebug) this.#streams.stderr.write(`${printable(`debug: ${line}`)}\n`)
  }

  /** How wide the terminal is that talk goes to; undefined where it goes to none, or to one that draws nothing. */
  get terminalColumns(): number | undefined {
    const { stderr, env } = this.#streams
    return stderr.isTTY === true && env['TERM'] !== 'dumb' ? (stderr.columns ?? COLUMNS) : undefined
  }

  /** Whether a line may be written again: a person sees it, and nothing keeps what was there before. */
  get isLive(): boolean {
    const { env } = this.#streams
    const { isQuiet, isJson } = this.rules
    // A terminal without a name is not known to have the sequences for it; consoles of Windows have no names.
    const hasSequences = env['TERM'] !== undefined || env['OS'] === 'Windows_NT'
    return this.terminalColumns !== undefined && hasSequences && !isQuiet && !isJson && !isCi(env)
  }

  /** Writes the line that stands last again; an empty one takes it away. Only where a line may be written again. */
  rewrite(line: string): void {
    if (this.isLive) this.#streams.stderr.write(`${LINE_AWAY}${printable(line)}`)
  }

  /** Says why the command failed: text for people, one JSON object under `--json`. Stdout stays empty. */
  fail(failure: Failure, command: string): void {
    const { message, code, hint, requestId, retryAfterSeconds, requiredScopes, answer } = failure
    if (this.rules.isJson) {
      const error = {
        code,
        message,
        ...(hint !== undefined && { hint }),
        ...(requestId !== undefined && { request_id: requestId }),
        ...(retryAfterSeconds !== undefined && { retry_after: retryAfterSeconds }),
        ...(requiredScopes.length > 0 && { required_scopes: requiredScopes }),
        ...(answer !== undefined && { status: answer.status, api_code: answer.code }),
      }
      this.#streams.stderr.write(`${jsonText({ error })}\n`)
      return
    }
    // The help that is shown for a missing command has lines of its own.
    const words = code === 'usage' ? printable(message) : printableLine(message)
    this.#streams.stderr.write(`${this.errorStyle('red', `${command}:`)} ${words}\n`)
    if (hint !== undefined) this.#say(hint)
    const isTold = requestId === undefined || message.includes(requestId)
    if (!isTold) this.#say(`Request id: ${requestId}`)
  }

  /** Colours text that goes to stdout, when stdout shows colours. */
  dataStyle(style: Style, text: string): string {
    const { stdout, env } = this.#streams
    return isColored(stdout, env, this.rules.isColorOff) ? paint(style, text) : text
  }

  /** Colours text that goes to stderr, when stderr shows colours. */
  errorStyle(style: Style, text: string): string {
    const { stderr, env } = this.#streams
    return isColored(stderr, env, this.rules.isColorOff) ? paint(style, text) : text
  }

  #say(line: string): void {
    this.#streams.stderr.write(`${printableLine(line)}\n`)
  }
}
