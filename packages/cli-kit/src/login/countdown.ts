/** How long a code still counts, on a line of a terminal that is written again each second. */
import { interruption } from '../output/failure.ts'
import type { Output } from '../output/output.ts'
import type { World } from '../world/world.ts'

const SECOND = 1000

export class Countdown {
  readonly #out: Output
  readonly #world: Pick<World, 'now' | 'wait' | 'interrupted'>
  readonly #until: number

  /** @param until when the code ends, in milliseconds since 1970 */
  constructor(out: Output, world: Pick<World, 'now' | 'wait' | 'interrupted'>, until: number) {
    this.#out = out
    this.#world = world
    this.#until = until
  }

  /** Waits so long; where nobody sees the line, in one piece. @throws Failure `interrupted` */
  async wait(milliseconds: number): Promise<void> {
    const step = this.#out.isLive ? SECOND : milliseconds
    let left = milliseconds
    do {
      this.#out.rewrite(`The code counts for ${clockOf(this.#until - this.#world.now())}.`)
      await this.#world.wait(Math.min(step, left), this.#world.interrupted).catch(() => {
        throw interruption()
      })
      left -= step
    } while (left > 0)
  }

  /** Takes the line away. */
  end(): void {
    this.#out.rewrite('')
  }
}

/** `9:05` for what is left, never less than nothing. */
function clockOf(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / SECOND))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
