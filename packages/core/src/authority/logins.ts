// The verbs of logging in, as the rest sees them. Programs call some of them without any credential; those of people
// take who is signed in, and whoever calls these has made sure who it is.

import type { ClaimRequest } from '../device-login/claim.ts'
import type { DecideRequest } from '../device-login/decide.ts'
import type { DeviceLogin } from '../device-login/device-login.ts'
import type { PollRequest } from '../device-login/poll.ts'
import type { StartDeviceRequest, StartedDevice } from '../device-login/start.ts'
import type { Outcome } from '../key/outcome.ts'
import type { AuthorizationRequest } from '../login/authorize.ts'
import type { HandedOut } from '../login/hand-out.ts'
import type { Approver } from '../login/login.ts'
import type { RedeemRequest } from '../login/redeem.ts'
import type { OAuthOutcome } from '../login/refusal.ts'
import type { RevokeTokenRequest } from '../login/revoke-token.ts'

/** Refusals are values; a failure of storage throws `StoreUnavailable`. */
export interface LoginVerbs {
  /** A person lets a program in. @returns the code for its redirect, in this answer only */
  approve(personId: string, request: AuthorizationRequest): Promise<Outcome<{ code: string }>>
  deny(personId: string, request: AuthorizationRequest): Promise<Outcome<object>>
  /** A program redeems a code for a key, once. */
  redeem(request: RedeemRequest): Promise<OAuthOutcome<HandedOut>>
  /** Ends a key that was handed to a client. */
  revoke(request: RevokeTokenRequest): Promise<OAuthOutcome<object>>
  readonly device: {
    /** A program without a browser asks to be let in. */
    start(request: StartDeviceRequest): Promise<OAuthOutcome<StartedDevice>>
    /** Somebody types the code; the first to do so decides. */
    claim(approver: Approver, request: ClaimRequest): Promise<Outcome<{ login: DeviceLogin }>>
    decide(approver: Approver, request: DecideRequest): Promise<Outcome<{ login: DeviceLogin }>>
    /** The program asks whether it was decided, and redeems it once. */
    poll(request: PollRequest): Promise<OAuthOutcome<HandedOut>>
  }
}
