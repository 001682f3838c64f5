// Whether a request comes from one of our own pages. Browsers say so in headers that scripts cannot set: Sec-Fetch-Site
// where they have it, and Origin with every POST (ASVS 3.5.1). A request with neither is not from a page of ours, so
// it has no business with somebody's cookies.

import type { CodedRefusal } from '@keywright/verifier'
import { headerLines } from '@keywright/verifier'

const CROSS_SITE: CodedRefusal = {
  code: 'cross_site_request',
  detail:
    'This was not sent from a page of ours, so nothing was done. Open the page here and try again.',
}

/** @param origin scheme, host and port that browsers see */
export function refuseCrossSite(
  origin: string,
  request: { readonly rawHeaders: readonly string[] },
): CodedRefusal | undefined {
  const origins = headerLines(request.rawHeaders, 'origin')
  const sites = headerLines(request.rawHeaders, 'sec-fetch-site')
  if (origins.length + sites.length === 0) return CROSS_SITE
  // A reload that sends a form once more is said to come from nowhere.
  const isOwnSite = sites.every((site) => site === 'same-origin' || site === 'none')
  const isOwn = isOwnSite && origins.every((each) => each === origin)
  return isOwn ? undefined : CROSS_SITE
}
