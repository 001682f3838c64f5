import type { Desk, SeenKey } from '@keywright/core'
import { form, hidden } from '../../form.ts'
import type { Html } from '../../html.ts'
import { html } from '../../html.ts'
import type { Visit } from '../../visit.ts'
import { timeOf } from '../time.ts'
import type { AccountView } from './view.ts'

/** The keys that act as the person, so that one that was lost or handed to a program can be ended here. */
export function keySection(visit: Visit, { keys, hasMoreKeys }: AccountView): Html {
  const rows = keys.map((key) => keyRow(visit, key))
  return html`<section aria-labelledby="about-keys">
    <h2 id="about-keys">Your keys</h2>
    ${
      keys.length === 0
        ? html`<p class="hint">No key acts as you now. A program that you log in with gets one.</p>`
        : html`<ul class="rows">
            ${rows}
          </ul>`
    }
    ${hasMoreKeys && html`<p class="hint">Only the newest ${keys.length} are shown.</p>`}
  </section>`
}

/** The keys of a person that count or may count again: one that has no place to count at now can be ended as well. */
export async function listKeys({ keys }: Desk): Promise<Pick<AccountView, 'keys' | 'hasMoreKeys'>> {
  const standings = ['live', 'disabled', 'roleless'] as const
  const lists = await Promise.all(standings.map((standing) => keys.list({ standing })))
  const good = lists.filter((list) => list.ok)
  return {
    keys: good.flatMap((list) => list.keys).toSorted((one, other) => (one.id < other.id ? 1 : -1)),
    hasMoreKeys: good.some(({ next }) => next !== null),
  }
}

function keyRow(visit: Visit, key: SeenKey): Html {
  const { id, name, start, createdAt, lastUsedAt, expiresAt, standing } = key
  const action = visit.site.path('/account/keys/revoke')
  const button = { action, submit: 'Revoke', isDanger: true, isInline: true }
  return html`<li>
    <span>
      <strong>${name ?? 'without a name'}</strong> <code>${start}…</code><br />
      <span class="hint">
        made
        ${timeOf(createdAt)}${lastUsedAt !== null && html`, last used ${timeOf(lastUsedAt)}`}${
          expiresAt !== null && html`, ends ${timeOf(expiresAt)}`
        }${standing !== 'live' && html`; does not count now`}
      </span>
    </span>
    ${form(visit, button, hidden('id', id))}
  </li>`
}
