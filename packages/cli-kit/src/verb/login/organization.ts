/** Which organization a login makes the default one. */
import { Failure } from '../../output/failure.ts'
import type { Identity, Organization } from '../../api/identity.ts'
import type { Context } from '../../session/context.ts'
import { askPerson, isInteractive } from '../../session/interactive.ts'
import { fillIn } from '../../session/texts.ts'
import type { Given } from '../../tree/catalogue.ts'

const ATTEMPTS_MAX = 3

export interface OrganizationChoice {
  /** What was decided: an organization, `none` (personal), or undefined when it stays as it is. */
  readonly chosen: Organization | 'none' | undefined
  /** The settings that say so. */
  readonly settings: Readonly<Record<string, string | undefined>>
}

export const AS_IT_IS: OrganizationChoice = { chosen: undefined, settings: {} }

/** The flags decide; without them the person is asked, when there is somebody to ask and something to choose. */
export async function chooseOrganization(
  context: Context,
  { flags, identity }: { readonly flags: Given['flags']; readonly identity: Identity | undefined },
): Promise<OrganizationChoice> {
  const names = context.brand.organization
  if (names === undefined) return AS_IT_IS
  const { organization, personal } = flags
  if (organization !== undefined && personal === true) {
    throw new Failure('usage', '--organization and --personal exclude each other.')
  }
  if (personal === true) {
    return { chosen: 'none', settings: { [names.id]: undefined, [names.slug]: undefined } }
  }
  const organizations = identity?.organizations ?? []
  const chosen =
    typeof organization === 'string'
      ? require(organization, organizations)
      : await choose(context, organizations)
  if (chosen === undefined) return AS_IT_IS
  // The id stays what it is when the organization takes another slug; both at once would contradict each other one day.
  return { chosen, settings: { [names.id]: chosen.id, [names.slug]: undefined } }
}

function require(wanted: string, organizations: readonly Organization[]): Organization {
  const found = organizations.find(({ id, slug }) => id === wanted || slug === wanted)
  if (found !== undefined) return found
  const slugs = organizations.map(({ slug }) => slug)
  throw new Failure('not_found', `You do not belong to an organization called ${wanted}.`, {
    hint: slugs.length === 0 ? 'You belong to none.' : `You belong to ${slugs.join(', ')}.`,
  })
}

async function choose(
  context: Context,
  organizations: readonly Organization[],
): Promise<Organization | undefined> {
  const { out, texts } = context
  if (organizations.length === 0 || !isInteractive(context)) return undefined
  out.show(texts.organizations)
  organizations.forEach(({ slug, name }, index) => {
    out.show(fillIn(texts.organization, { number: String(index + 1), slug, name }))
  })
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    const answer = (await askPerson(context, texts.askOrganization))?.trim() ?? ''
    if (answer === '') return undefined
    const found = organizations.find(({ id, slug }) => id === answer || slug === answer)
    const numbered = /^\d+$/.test(answer) ? organizations[Number(answer) - 1] : undefined
    const chosen = found ?? numbered
    if (chosen !== undefined) return chosen
    out.show(`There is no organization ${answer} in the list.`)
  }
  throw new Failure('usage', 'No organization was chosen.', { hint: 'Begin again.' })
}
