export { ACCOUNT_PATHS } from './accounts.ts'
export type {
  AccountAnswer,
  AccountRefusalCode,
  AccountRefused,
  Accounts,
  ListedSession,
  Passkey,
  PasskeyVerbs,
  Session,
  SignInProvider,
  SignUpRequest,
  TotpVerbs,
  Visitor,
  WebAuthnJson,
} from './accounts.ts'
export {
  BATCH_MAX,
  COST_MAX,
  decisionSchema,
  forwardAuthQuerySchema,
  principalSchema,
  verifyBatchAnswerSchema,
  verifyBatchBodySchema,
  verifyBodySchema,
} from './decision.ts'
export { eventPageSchema, eventSchema, listEventsQuerySchema } from './event.ts'
export { explainBodySchema, explanationSchema } from './explain.ts'
export { keyPathSchema } from './field.ts'
export {
  acceptInvitationBodySchema,
  createInvitationBodySchema,
  invitationPageSchema,
  invitationPathSchema,
  invitationSchema,
  invitedSchema,
  listInvitationsQuerySchema,
} from './invitation.ts'
export { ownScopesSchema } from './me.ts'
export {
  changeMemberBodySchema,
  grantMemberBodySchema,
  listMembersQuerySchema,
  memberPageSchema,
  memberPathSchema,
  memberSchema,
  membershipSchema,
  removeMemberQuerySchema,
} from './member.ts'
export {
  changeOrganizationBodySchema,
  createOrganizationBodySchema,
  listOrganizationsQuerySchema,
  organizationPageSchema,
  organizationPathSchema,
  organizationSchema,
} from './organization.ts'
export { personPathSchema, personSchema, renamePersonBodySchema } from './person.ts'
export { healthSchema, readinessSchema } from './health.ts'
export { introspectBodySchema, introspectionSchema } from './introspect.ts'
export {
  idempotencyKeySchema,
  keyPageSchema,
  keySchema,
  listKeysQuerySchema,
  mintBodySchema,
  mintedSchema,
  mintReplaySchema,
  narrowBodySchema,
  rotateAnswerSchema,
  rotateBodySchema,
  seenKeySchema,
} from './key.ts'
export {
  approveDeviceBodySchema,
  authorizationServerSchema,
  claimDeviceBodySchema,
  deviceAuthorizationBodySchema,
  deviceAuthorizationSchema,
  deviceLoginSchema,
  oauthErrorSchema,
  revokeTokenBodySchema,
  tokenAnswerSchema,
  tokenBodySchema,
} from './login.ts'
export {
  createdPickupSchema,
  createPickupBodySchema,
  createPickupReplaySchema,
  listPickupsQuerySchema,
  pickupPageSchema,
  pickupPathSchema,
  pickupSchema,
  redeemPickupBodySchema,
} from './pickup.ts'
export { PROBLEM_CONTENT_TYPE, PROBLEMS } from './problem.ts'
export type { Problem, ProblemCode, ProblemKind } from './problem.ts'
export { problemSchema } from './problem-schema.ts'
export { noQuerySchema } from './query.ts'
export { resourceBodySchema, resourceStateSchema } from './resource.ts'
export { readUsageQuerySchema, usageAnswerSchema } from './usage.ts'
