import type { KeyDeps, LoginVerbs } from '@keywright/core'
import {
  approveLogin,
  claimDeviceLogin,
  decideDeviceLogin,
  denyLogin,
  pollDeviceLogin,
  redeemLogin,
  revokeToken,
  startDeviceLogin,
} from '@keywright/core'

/** The domain's verbs of logging in. */
export function loginOf(deps: KeyDeps): LoginVerbs {
  return {
    approve: (personId, request) => approveLogin(deps, personId, request),
    deny: (personId, request) => denyLogin(deps, personId, request),
    redeem: (request) => redeemLogin(deps, request),
    revoke: (request) => revokeToken(deps, request),
    device: {
      start: (request) => startDeviceLogin(deps, request),
      claim: (approver, request) => claimDeviceLogin(deps, approver, request),
      decide: (approver, request) => decideDeviceLogin(deps, approver, request),
      poll: (request) => pollDeviceLogin(deps, request),
    },
  }
}
