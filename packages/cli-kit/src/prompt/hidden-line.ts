/** The keys of a line that is typed unseen, as a terminal in raw mode sends them. */

const ENTER = new Set(['\r', '\n'])
const CTRL_C = '\u0003'
const CTRL_D = '\u0004'
const CTRL_U = '\u0015'
const CTRL_W = '\u0017'
const ERASE = new Set(['\u007F', '\b'])
const ESCAPE = '\u001B'

/** CSI and SS3 sequences: arrow keys, and the marks that some terminals put around a paste. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what this reads
const SEQUENCE = /^\u001B(?:\[[0-9;?]*[ -/]*[@-~]|O[@-~])/
/** The beginning of a sequence, whose rest comes with the next chunk. */
// oxlint-disable-next-line no-control-regex -- escape sequences are what this reads
const SEQUENCE_BEGUN = /^\u001B(?:\[[0-9;?]*[ -/]*|O)?$/

export class HiddenLine {
  #typed: string[] = []
  #waiting = ''

  /** Takes what was typed; says when the line is done, and what came after it. */
  take(text: string): { line: string; rest: string } | 'more' | 'interrupted' | 'ended' {
    let rest = this.#waiting + text
    this.#waiting = ''
    while (rest !== '') {
      const key = keyAt(rest)
      if (key === undefined) {
        this.#waiting = rest
        return 'more'
      }
      rest = rest.slice(key.length)
      if (ENTER.has(key)) return { line: this.#typed.join(''), rest: afterEnter(key, rest) }
      if (key === CTRL_C) return 'interrupted'
      if (key === CTRL_D && this.#typed.length === 0) return 'ended'
      this.#press(key)
    }
    return 'more'
  }

  #press(key: string): void {
    if (ERASE.has(key)) this.#typed.pop()
    else if (key === CTRL_U) this.#typed = []
    else if (key === CTRL_W) this.#eraseWord()
    else if (key === '\t' || key >= ' ') this.#typed.push(key)
  }

  #eraseWord(): void {
    this.#typed = Array.from(this.#typed.join('').replace(/\S+\s*$/u, ''))
  }
}

/** A terminal sends one of the two; a paste from Windows has both. */
function afterEnter(key: string, rest: string): string {
  return key === '\r' && rest.startsWith('\n') ? rest.slice(1) : rest
}

/** The first key of the text: a character or an escape sequence; undefined when a sequence is not complete. */
function keyAt(text: string): string | undefined {
  if (text.startsWith(ESCAPE)) {
    const sequence = SEQUENCE.exec(text)?.[0]
    if (sequence !== undefined) return sequence
    return SEQUENCE_BEGUN.test(text) ? undefined : ESCAPE
  }
  return String.fromCodePoint(text.codePointAt(0) ?? 0)
}
