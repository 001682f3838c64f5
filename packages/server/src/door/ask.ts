// What is asked of a decision has to make sense before it is decided: a scope or mode that nobody declared and text
// that is no resource name are mistakes of the asking program, not reasons to refuse its client.

import { parseResource, printable } from '@keywright/core'
import type { CodedRefusal } from '@keywright/verifier'
import type { Door } from './door.ts'

export interface AskFields {
  readonly scope?: string | undefined
  readonly resource?: string | undefined
  readonly mode?: string | undefined
}

/** @param field says where the ask stands in the request, as `body.requests.3` */
export function refuseAsk(door: Door, ask: AskFields, field: string): CodedRefusal | undefined {
  if (ask.scope !== undefined && !door.scopes.has(ask.scope)) {
    const known = [...door.scopes].join(', ')
    const detail = `'${printable(ask.scope)}' is no scope here. Use ${known}.`
    return { code: 'unknown_scope', detail, errors: [{ field: `${field}.scope`, detail }] }
  }
  if (ask.mode !== undefined && !door.modes.has(ask.mode)) {
    const known = door.modes.size === 0 ? 'There are none' : `Use ${[...door.modes].join(', ')}`
    const detail = `'${printable(ask.mode)}' is no mode here. ${known}.`
    return { code: 'invalid_mode', detail, errors: [{ field: `${field}.mode`, detail }] }
  }
  if (ask.resource !== undefined && !isDeclared(door, ask.resource)) {
    const known = [...door.authority.definition.patterns].join(', ')
    const detail = `This is no resource here, as organizations/{id}. The definition has ${known}.`
    return { code: 'invalid_resource', detail, errors: [{ field: `${field}.resource`, detail }] }
  }
  return undefined
}

function isDeclared({ authority }: Door, resource: string): boolean {
  const parts = parseResource(resource)
  return parts !== undefined && authority.definition.patterns.has(parts.pattern)
}
