/** A person's role at a resource: it counts there and below. */
export interface Membership {
  readonly personId: string
  readonly resource: string
  readonly role: string
  readonly grantedAt: number
  /** As actors are written in events. */
  readonly grantedBy: string
}

/** A membership with who it is, for those who may see the members of a resource. */
export interface Member extends Membership {
  readonly name: string
  readonly email: string | null
}
