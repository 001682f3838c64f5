// What sort of secret a text is, told by how it begins. The server decides what a key may do; this is for saying early,
// and in the right words, that a key belongs somewhere else.

import type { Brand } from '../brand/brand.ts'
import { recordOf } from '../loose/record.ts'
import { mask } from './secret.ts'

/** What a text is taken for. */
export type CredentialKind =
  | { readonly type: 'kind'; readonly kind: string; readonly prefix: string }
  | { readonly type: 'jwt'; readonly kind: string | undefined }
  /** Somebody else's secret: `Anthropic`. */
  | { readonly type: 'foreign'; readonly product: string; readonly prefix: string }
  | { readonly type: 'unknown' }

/** What a brand says in place of a prefix for the kind that is a JWT. */
const JWS = 'jws'

// Beginnings that their owners document. Short ones that other products may well use too are left out.
const FOREIGN: Readonly<Record<string, string>> = {
  'sk-ant-': 'Anthropic',
  'sk-proj-': 'OpenAI',
  'sk-svcacct-': 'OpenAI',
  'sk-admin-': 'OpenAI',
  'sk-or-v1-': 'OpenRouter',
  AIzaSy: 'Google',
  'xai-': 'xAI',
  ghp_: 'GitHub',
  gho_: 'GitHub',
  ghs_: 'GitHub',
  github_pat_: 'GitHub',
  'glpat-': 'GitLab',
  'xoxb-': 'Slack',
  'xoxp-': 'Slack',
  hf_: 'Hugging Face',
  npm_: 'npm',
  sk_live_: 'Stripe',
  sk_test_: 'Stripe',
  rk_live_: 'Stripe',
}

/**
 * A brand that names no kinds, as that of a command for any server, may have one called `sk_live_`: then only those
 * beginnings are somebody else's that no key of a Keywright server has.
 */
const COULD_BE_OURS = /^[a-z0-9_]+$/

/** A secret of a Keywright server: its kind and mode in words, then 36 characters that say nothing. */
const KEYWRIGHT = /^((?:[a-z][a-z0-9]*_)+)[0-9A-Za-z]{36}$/

/** The longest beginning that fits decides, so `chr_sk_live_` goes before `chr_sk_`; the brand's own before others'. */
export function kindOf(brand: Pick<Brand, 'kinds'>, secret: string): CredentialKind {
  let found: CredentialKind = { type: 'unknown' }
  let length = 0
  const own = Object.entries(brand.kinds).filter(([, prefix]) => prefix !== JWS)
  for (const [kind, prefix] of own) {
    if (!secret.startsWith(prefix) || prefix.length <= length) continue
    found = { type: 'kind', kind, prefix }
    length = prefix.length
  }
  for (const [prefix, product] of Object.entries(FOREIGN)) {
    if (!secret.startsWith(prefix) || prefix.length <= length) continue
    if (own.length === 0 && COULD_BE_OURS.test(prefix)) continue
    found = { type: 'foreign', product, prefix }
    length = prefix.length
  }
  if (length > 0 || !isJws(secret)) return found
  const jwt = Object.entries(brand.kinds).find(([, shape]) => shape === JWS)
  return { type: 'jwt', kind: jwt?.[0] }
}

/** A secret of this brand as it may be shown. */
export function maskFor(brand: Pick<Brand, 'kinds'>, secret: string): string {
  const kind = kindOf(brand, secret)
  if (kind.type === 'kind' || kind.type === 'foreign') return mask(secret, kind.prefix)
  // The first characters of a JWT are the same for nearly all of them.
  if (kind.type === 'jwt') return 'JWT …'
  const isAnyKind = Object.keys(brand.kinds).length === 0
  return mask(secret, isAnyKind ? KEYWRIGHT.exec(secret)?.[1] : undefined)
}

/** Whether a text is a JWS in compact form (RFC 7515 section 7.1): three parts, the first a JSON object with `alg`. */
export function isJws(text: string): boolean {
  const header = /^([\w-]+)\.[\w-]+\.[\w-]*$/.exec(text)?.[1]
  if (header === undefined) return false
  try {
    return 'alg' in recordOf(JSON.parse(atob(header.replaceAll('-', '+').replaceAll('_', '/'))))
  } catch {
    return false
  }
}
