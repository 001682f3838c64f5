/** The offer of a role at a resource to whoever proves to have an e-mail address. Its token is shown once. */
export interface Invitation {
  /** `inv_…` */
  readonly id: string
  readonly resource: string
  readonly role: string
  /** As it was written; compared without regard to case. */
  readonly email: string
  readonly createdAt: number
  /** As actors are written in events. */
  readonly createdBy: string
  readonly expiresAt: number
  readonly acceptedAt: number | null
  /** The person's id. */
  readonly acceptedBy: string | null
  readonly revokedAt: number | null
}
