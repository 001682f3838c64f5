// A bounded map that forgets what was not used lately, without a write on every read: entries live in a young and an
// old generation. A hit in the old one moves the entry to the young one; when the young one has half the capacity,
// the old one is dropped and the young one takes its place. So an entry survives if it was used at least once in the
// last capacity/2 insertions: least-recently-used to within one generation, at the price of a plain Map look-up.

export class Generations<Value> {
  readonly #halfCapacity: number
  #young = new Map<string, Value>()
  #old = new Map<string, Value>()

  constructor(capacity: number) {
    this.#halfCapacity = Math.max(1, Math.ceil(capacity / 2))
  }

  get size(): number {
    return this.#young.size + this.#old.size
  }

  get(key: string): Value | undefined {
    const value = this.#young.get(key)
    if (value !== undefined) return value
    const aged = this.#old.get(key)
    if (aged === undefined) return undefined
    this.#old.delete(key)
    this.set(key, aged)
    return aged
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.#halfCapacity && !this.#young.has(key)) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
    if (this.#old.size > 0) this.#old.delete(key)
  }

  delete(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }

  clear(): void {
    this.#young = new Map()
    this.#old = new Map()
  }
}
