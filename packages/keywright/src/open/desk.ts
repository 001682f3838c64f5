import type { Actor, Desk, KeyDeps, QuotaAccount } from '@keywright/core'
import {
  listEvents,
  listKeys,
  mintKey,
  narrowKey,
  readQuotas,
  readUsage,
  revokeKey,
  rotateKey,
  setResourceState,
  showKey,
} from '@keywright/core'

/** The domain's verbs on behalf of one actor. */
export function deskOf(
  deps: KeyDeps,
  actor: Actor,
  unspent: (account: QuotaAccount) => number,
): Desk {
  return {
    keys: {
      mint: (kind, request) => mintKey(deps, actor, { ...request, kind }),
      list: (request = {}) => listKeys(deps, actor, request),
      show: (id) => showKey(deps, actor, id),
      narrow: (id, request) => narrowKey(deps, actor, { ...request, id }),
      rotate: (id, request = {}) => rotateKey(deps, actor, { ...request, id }),
      revoke: (id) => revokeKey(deps, actor, id),
    },
    resources: {
      disable: (resource) => setResourceState(deps, actor, { verb: 'disable', resource }),
      enable: (resource) => setResourceState(deps, actor, { verb: 'enable', resource }),
      end: (resource) => setResourceState(deps, actor, { verb: 'end', resource }),
    },
    events: { list: (request = {}) => listEvents(deps, actor, request) },
    usage: {
      read: (request) => readUsage(deps, actor, request),
      quotas: (keyId) => readQuotas(deps, actor, { keyId, unspent }),
    },
  }
}
