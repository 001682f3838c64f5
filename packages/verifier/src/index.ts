export { headerLines } from './adapters/header-lines.ts'
export { readCredential } from './credential/read.ts'
export type { RequestView } from './credential/read.ts'
export type { Feed, PeopleSource, Source, VerifierDeps } from './engine/ports.ts'
export { VerifierEngine } from './engine/verify.ts'
export { guardedGet, guardedRequest } from './jwt/guarded-get.ts'
export type {
  Fetched,
  FetchFailure,
  GuardedGet,
  GuardedGetDeps,
  GuardedRequest,
} from './jwt/guarded-get.ts'
export type { KeysFailed, KeysFailure } from './jwt/issuer-keys.ts'
export { isTokenForm } from './jwt/read-token.ts'
export { JwtVerifier } from './jwt/verify-token.ts'
export type { JwtVerifierDeps, VerifiedToken } from './jwt/verify-token.ts'
export { RateBuckets } from './limit/buckets.ts'
export { invalidRequest } from './problem/invalid-request.ts'
export type { Issue } from './problem/invalid-request.ts'
export { limitHeaders, problemOf } from './problem/problem-of.ts'
export type { AnswerContext, CodedRefusal, ProblemAnswer } from './problem/problem-of.ts'
export { refusalOfError } from './problem/refusal-of-error.ts'
