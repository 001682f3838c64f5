const INSPECT = Symbol.for('nodejs.util.inspect.custom')

/**
 * A secret that does not show itself: printed, inspected, put into text or JSON it is its masked form. `reveal()` gives
 * it, so every place that lets a secret out can be searched for.
 */
export class Secret {
  readonly #value: string
  readonly #shown: string

  constructor(value: string, shown: string = mask(value)) {
    this.#value = value
    this.#shown = shown
  }

  reveal(): string {
    return this.#value
  }

  toString(): string {
    return this.#shown
  }

  toJSON(): string {
    return this.#shown
  }

  [INSPECT](): string {
    return `Secret(${this.#shown})`
  }
}

/** Characters behind the beginning of a kind that may be shown: as many as a server shows in a list. */
const SHOWN_LENGTH = 4

/** Below this length, behind its beginning, so much would be shown that guessing gets easier. */
const MASKABLE_LENGTH = 16

/**
 * A secret as it may be shown: how it begins, and `…`. Of what is too short, nothing.
 *
 * @param beginning what is public about it, such as the prefix of its kind
 */
export function mask(secret: string, beginning = ''): string {
  if (secret.length < beginning.length + MASKABLE_LENGTH) return `${beginning}…`
  return `${secret.slice(0, beginning.length + SHOWN_LENGTH)}…`
}
