/** A resource with a name people know it by. Its resource name is `organizations/{id}`. */
export interface Organization {
  /** `org_…` */
  readonly id: string
  /** Unique; lower-case letters, digits and hyphens. */
  readonly slug: string
  readonly name: string
  readonly createdAt: number
}

/** The collection that organizations are in. */
export const ORGANIZATIONS = 'organizations'
