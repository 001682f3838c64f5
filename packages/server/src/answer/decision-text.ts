// A decision as JSON, written by hand: it is the answer of the busiest door, and its shape is fixed. A test holds the
// text against the schema of the contract.

import { PROBLEMS } from '@keywright/contract'
import type { Decision, KeyPrincipal, LimitState, Refused } from '@keywright/core'
import { instant } from '@keywright/core'
import { principalView } from './principal-view.ts'

/** Keys of one kind share their list of scopes, so it is written once. */
const scopeTexts = new WeakMap<readonly string[], string>()

export function decisionText(decision: Decision): string {
  if (!decision.allowed) return refusedText(decision)
  const { principal: who } = decision
  const principal = who.type === 'key' ? keyText(who) : JSON.stringify(principalView(who))
  const limit = decision.limit === undefined ? '' : `,"limit":${limitText(decision.limit)}`
  return `{"allowed":true,"code":"allowed","principal":${principal}${limit}}`
}

/** Ids and resource names have alphabets of their own, without anything that JSON would escape. */
function keyText(principal: KeyPrincipal): string {
  const { keyId, kind, holder, resource, mode, expiresAt, metadata } = principal
  return `{"type":"key","key_id":"${keyId}","kind":${text(kind)},"holder":"${holder}","resource":"${resource}","mode":${mode === null ? 'null' : text(mode)},"scopes":${scopesText(principal.scopes)},"expires_at":${expiresAt === null ? 'null' : `"${instant(expiresAt)}"`},"metadata":${metadata === null ? 'null' : JSON.stringify(metadata)}}`
}

function refusedText({ code, detail, keyId, retryAfterSeconds, scope, limit }: Refused): string {
  let rest = ''
  if (keyId !== undefined) rest += `,"key_id":"${keyId}"`
  if (retryAfterSeconds !== undefined) rest += `,"retry_after":${retryAfterSeconds}`
  if (scope !== undefined) rest += `,"scope":${text(scope)}`
  if (limit !== undefined) rest += `,"limit":${limitText(limit)}`
  return `{"allowed":false,"code":"${code}","status":${PROBLEMS[code].status},"detail":${text(detail)}${rest}}`
}

function limitText({ name, limit, remaining, resetSeconds, windowSeconds }: LimitState): string {
  return `{"name":${text(name)},"limit":${limit},"remaining":${remaining},"reset_seconds":${resetSeconds},"window_seconds":${windowSeconds}}`
}

function scopesText(scopes: readonly string[]): string {
  let known = scopeTexts.get(scopes)
  if (known === undefined) {
    known = JSON.stringify(scopes)
    scopeTexts.set(scopes, known)
  }
  return known
}

function text(value: string): string {
  return JSON.stringify(value)
}
