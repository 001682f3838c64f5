/** A person's role at a resource: it counts there and below. */
export interface Membership {
  readonly personId: string
  readonly resource: string
  readonly role: string
  readonly grantedAt: number
  /** As actors are written in events. */
  readonly grantedBy: string
}
