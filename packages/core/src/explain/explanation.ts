import type { RefusalCode } from '../decide/decision.ts'

/**
 * The terms of a verdict, in the order in which they are asked. `genuine`: the secret is one of ours; `standing`: the
 * key counts at all; `mode`, `scope` and `resource`: what it was made for; `role`: what its person may do there;
 * `limits`: whether a call would pass now.
 */
export type TermName = 'genuine' | 'standing' | 'mode' | 'scope' | 'resource' | 'role' | 'limits'

/** One term: it holds, it fails, or nothing was asked that it would have to say something about. */
export type ExplainedTerm =
  | { readonly term: TermName; readonly verdict: 'holds' | 'not_asked' }
  | {
      readonly term: TermName
      readonly verdict: 'fails'
      readonly code: RefusalCode
      /** What happened, as `verify` says it. */
      readonly detail: string
      /** What would mend it, and who can. */
      readonly fix: string
    }

/** Why a key is allowed or refused. The code is that of the first term that fails, as `verify` would answer now. */
export interface Explanation {
  /** Null for text that is no secret of ours. */
  readonly keyId: string | null
  readonly allowed: boolean
  readonly code: 'allowed' | RefusalCode
  readonly terms: readonly ExplainedTerm[]
}

/** An explanation of its terms. */
export function explanationOf(keyId: string | null, terms: readonly ExplainedTerm[]): Explanation {
  const failing = terms.find((term) => term.verdict === 'fails')
  return { keyId, allowed: failing === undefined, code: failing?.code ?? 'allowed', terms }
}

/** A term as a refusal says it, with its fix. */
export function failed(
  term: TermName,
  { code, detail }: { readonly code: RefusalCode; readonly detail: string },
  fix: string,
): ExplainedTerm {
  return { term, verdict: 'fails', code, detail, fix }
}
