// What people know an organization by: a slug, which is unique and fits a URL or a command line, and a name.

import { checkText } from '../key/check-request.ts'
import type { ChangeRefused } from '../key/outcome.ts'
import { refused } from '../key/outcome.ts'
import type { Reads } from '../ports/store.ts'

/** The refusal of a slug or a name that is none; what is left out is not looked at. */
export function checkLabels(labels: {
  readonly slug?: string | undefined
  readonly name?: string | undefined
}): ChangeRefused | undefined {
  const { slug, name } = labels
  if (slug !== undefined && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(slug)) {
    const detail = 'A slug has 1 to 63 lower-case letters, digits and inner hyphens.'
    return refused('invalid_slug', detail)
  }
  const text = checkText({ name })
  return text.ok ? undefined : text
}

/** The refusal of a slug that an organization has; read in the transaction that would take it. */
export async function checkSlugFree(
  reads: Reads,
  slug: string,
): Promise<ChangeRefused | undefined> {
  if ((await reads.findOrganization(slug)) === undefined) return undefined
  return refused('slug_taken', `Another organization is called ${slug}. Choose another slug.`)
}
