/**
 * JSON (RFC 8259) with what `JSON.parse` does not tell: the line of each name, and names that stand twice, of which it
 * would silently take the last. Objects become maps, so no name can reach a prototype.
 */
import type { Parsed } from './entries.ts'
import { malformed } from './entries.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonMap

/** An object: each value with the line where its name stands. */
export type JsonMap = ReadonlyMap<string, { readonly value: JsonValue; readonly line: number }>

/** Deeper than any file of ours, and far from what would exhaust the stack. */
const DEPTH_MAX = 50

const SPACE = /[ \t\n\r]*/y
const LITERAL = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
// oxlint-disable-next-line no-control-regex -- JSON forbids control characters inside strings
const TEXT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y

/** Reads a whole text as one JSON value. */
export function parseJson(text: string): Parsed<JsonValue> {
  try {
    return { ok: true, value: new JsonReader(text).readAll() }
  } catch (error) {
    if (!(error instanceof Misread)) throw error
    const line = text.slice(0, error.index).split('\n').length
    return malformed(error.problem, error.fix, line)
  }
}

export function isJsonMap(value: JsonValue | undefined): value is JsonMap {
  return value instanceof Map
}

/** Ends the descent from any depth; never leaves this file. */
class Misread extends Error {
  readonly index: number
  readonly problem: string
  readonly fix: string

  constructor(
    index: number,
    problem: string,
    fix = 'correct the line, or move the file away and log in again',
  ) {
    super(problem)
    this.index = index
    this.problem = problem
    this.fix = fix
  }
}

class JsonReader {
  readonly #text: string
  #index = 0
  #line = 1
  #lineIndex = 0

  constructor(text: string) {
    this.#text = text
    if (text.startsWith('\uFEFF')) this.#index = 1
  }

  readAll(): JsonValue {
    const value = this.#value(0)
    this.#space()
    if (this.#index < this.#text.length) throw this.#misread()
    return value
  }

  #value(depth: number): JsonValue {
    this.#space()
    if (depth > DEPTH_MAX) throw new Misread(this.#index, 'is nested too deeply')
    const character = this.#text[this.#index]
    if (character === '{') return this.#map(depth + 1)
    if (character === '[') return this.#list(depth + 1)
    if (character === '"') return this.#string()
    const literal = this.#match(LITERAL)
    if (literal === undefined) throw this.#misread()
    return JSON.parse(literal) as JsonValue
  }

  #map(depth: number): JsonMap {
    const map = new Map<string, { value: JsonValue; line: number }>()
    this.#index += 1
    while (!this.#closes('}', map.size === 0)) {
      const start = this.#index
      const line = this.#lineAt(start)
      const name = this.#string()
      if (map.has(name)) {
        throw new Misread(start, 'has the same name twice', 'delete one of the two')
      }
      this.#space()
      if (this.#text[this.#index] !== ':') throw this.#misread()
      this.#index += 1
      map.set(name, { value: this.#value(depth), line })
    }
    return map
  }

  #list(depth: number): readonly JsonValue[] {
    const list: JsonValue[] = []
    this.#index += 1
    while (!this.#closes(']', list.length === 0)) list.push(this.#value(depth))
    return list
  }

  /** Whether the bracket comes; otherwise the comma is passed, which none may follow but an item. */
  #closes(bracket: string, isFirst: boolean): boolean {
    this.#space()
    if (this.#text[this.#index] === bracket) {
      this.#index += 1
      return true
    }
    if (isFirst) return false
    if (this.#text[this.#index] !== ',') throw this.#misread()
    this.#index += 1
    this.#space()
    if (this.#text[this.#index] === bracket) throw this.#misread()
    return false
  }

  #string(): string {
    const literal = this.#match(TEXT)
    if (literal === undefined) throw this.#misread()
    return JSON.parse(literal) as string
  }

  #space(): void {
    this.#match(SPACE)
  }

  #match(shape: RegExp): string | undefined {
    shape.lastIndex = this.#index
    const found = shape.exec(this.#text)?.[0]
    if (found === undefined) return undefined
    this.#index += found.length
    return found
  }

  // Asked for in rising order, so the text is counted through once.
  #lineAt(index: number): number {
    for (; this.#lineIndex < index; this.#lineIndex += 1) {
      if (this.#text[this.#lineIndex] === '\n') this.#line += 1
    }
    return this.#line
  }

  #misread(): Misread {
    return this.#index >= this.#text.length
      ? new Misread(
          this.#index,
          'ends in the middle',
          'restore the file, or move it away and log in again',
        )
      : new Misread(this.#index, 'is not JSON')
  }
}
