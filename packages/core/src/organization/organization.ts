/** A resource with a name people know it by. Its resource name is `organizations/{id}`. */
export interface Organization {
  /** `org_…` */
  readonly id: string
  /** Unique; lower-case letters, digits and hyphens. */
  readonly slug: string
  readonly name: string
  /** Who gave the slug, as actors are written in events: claims of tokens name only what the product named. */
  readonly namedBy: string
  readonly createdAt: number
}

/** The collection that organizations are in. */
export const ORGANIZATIONS = 'organizations'

/** The resource name of an organization. */
export function organizationResource(id: string): string {
  return `${ORGANIZATIONS}/${id}`
}

/** The id of the organization that a resource is; undefined for any other resource. */
export function organizationIdOf(resource: string): string | undefined {
  const [collection, id, ...below] = resource.split('/')
  return collection === ORGANIZATIONS && below.length === 0 ? id : undefined
}
