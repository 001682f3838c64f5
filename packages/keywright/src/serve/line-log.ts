// The server's log: lines gathered and written a few times a second, because a write to a file or terminal stops the
// process while it lasts. A crash can lose the last moment of the log; nothing is ever decided by it.

const FLUSH_INTERVAL_MS = 200
const WAITING_MAX = 1000

export class LineLog {
  readonly #write: (text: string) => void
  #waiting: string[] = []
  #timer: NodeJS.Timeout | undefined

  constructor(write: (text: string) => void) {
    this.#write = write
  }

  readonly add = (line: string): void => {
    this.#waiting.push(line)
    if (this.#waiting.length >= WAITING_MAX) this.flush()
    else this.#timer ??= setTimeout(() => this.flush(), FLUSH_INTERVAL_MS).unref()
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#waiting.length === 0) return
    const text = `${this.#waiting.join('\n')}\n`
    this.#waiting = []
    this.#write(text)
  }
}
