// What is wrong with the fields of a request, from any validator that names its issues as Standard Schema does (Zod,
// Valibot, ArkType). Names and messages may repeat what was sent, so secrets are cut out.

import { redactSecrets } from '@keywright/token'
import type { CodedRefusal } from './problem-of.ts'

/** One complaint of a validator. */
export interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

const FIELDS_TOLD_MAX = 20
const TEXT_LENGTH_MAX = 200

/**
 * The refusal of a request whose content does not fit: 422 `invalid_request`, with `errors` by field.
 * @param where what the paths start in, as `body` or `query`
 */
export function invalidRequest(where: string, issues: readonly Issue[]): CodedRefusal {
  const errors = issues.slice(0, FIELDS_TOLD_MAX).map(({ path = [], message }) => ({
    field: fit([where, ...path.map(nameOf)].join('.')),
    detail: fit(inOurWords(message)),
  }))
  const first = errors[0]
  const detail = first === undefined ? 'It does not fit.' : `${first.field}: ${first.detail}.`
  return { code: 'invalid_request', detail, errors }
}

function nameOf(step: PropertyKey | { readonly key: PropertyKey }): string {
  return String(typeof step === 'object' ? step.key : step)
}

// Zod calls a field a key, and keys are something else here.
function inOurWords(message: string): string {
  return message.replace(/^Unrecognized key(?=s?:)/, 'Unknown field')
}

function fit(text: string): string {
  return redactSecrets(text).slice(0, TEXT_LENGTH_MAX)
}
