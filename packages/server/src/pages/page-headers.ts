// What a browser is told with every page (ASVS 3.4): nothing loads from elsewhere, nothing is framed, nothing is kept.

import { BASE_HEADERS } from '../answer/headers.ts'

/** A year: ASVS 3.4.1. */
const HSTS_SECONDS = 31_536_000

/** @param formTargets where a form of this page may lead besides this site, as the loopback address of a CLI */
export function pageHeaders(
  isHttps: boolean,
  formTargets: readonly string[] = [],
): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    // Browsers hold a redirect after a form to this as well.
    ["form-action 'self'", ...formTargets.map(sourceOf)].join(' '),
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ]
  return {
    ...BASE_HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy.join('; '),
    'x-frame-options': 'DENY',
    // Never a path: that of a mail's link has a token in it, and what a page loads would carry it into the logs of every
    // proxy. Not no-referrer, under which browsers send their forms with `Origin: null`.
    'referrer-policy': 'strict-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    ...(isHttps ? { 'strict-transport-security': `max-age=${HSTS_SECONDS}` } : {}),
  }
}

/** The source expression (CSP level 3 section 2.3.1) of a URL. There is none for the address of IPv6: its scheme must do. */
function sourceOf(url: string): string {
  const { protocol, hostname, origin } = new URL(url)
  return hostname.startsWith('[') || origin === 'null' ? protocol : origin
}
