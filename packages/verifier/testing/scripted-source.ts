import type { KeyEvent, KeySnapshot, SecretRead } from '@keywright/core'
import type { Feed, Source } from '../src/engine/ports.ts'

/** A key as a look-up finds it. */
export function snapshot(changes: Partial<KeySnapshot> = {}): KeySnapshot {
  return {
    id: 'key_1',
    kind: 'org',
    holder: 'organizations/org_1',
    resource: 'organizations/org_1',
    mode: null,
    scopes: ['*'],
    metadata: null,
    expiresAt: null,
    revokedAt: null,
    secretEndsAt: null,
    line: [],
    blockedBy: null,
    ...changes,
  }
}

/** An event about a key or, without one, about a resource. */
export function eventAbout(seq: number, about: { keyId?: string; resource?: string }): KeyEvent {
  return {
    epoch: 'e1',
    seq,
    type: about.keyId === undefined ? 'resource.ended' : 'key.revoked',
    at: 0,
    actor: 'operator:test',
    keyId: about.keyId ?? null,
    resource: about.resource ?? 'organizations/org_1',
    mode: null,
    data: {},
  }
}

/** A source whose answers come when the test says so: for the races that a fast database hides. */
export class HeldSource implements Source {
  readonly asked: string[] = []
  readonly #waiting: { answer: (read: SecretRead) => void; fail: (error: Error) => void }[] = []

  find(digest: string): Promise<SecretRead> {
    this.asked.push(digest)
    return new Promise((answer, fail) => this.#waiting.push({ answer, fail }))
  }

  /** Answers the oldest look-up that waits. */
  answer(read: SecretRead): void {
    const next = this.#waiting.shift()
    if (next === undefined) throw new Error('nothing was asked')
    next.answer(read)
  }

  fail(error: Error): void {
    this.#waiting.shift()?.fail(error)
  }
}

/** A feed that the test speaks into. */
export class TestFeed implements Feed {
  readonly #listeners = new Set<(events: readonly KeyEvent[]) => void>()

  subscribe(listener: (events: readonly KeyEvent[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  say(...events: KeyEvent[]): void {
    for (const listener of this.#listeners) listener(events)
  }
}
