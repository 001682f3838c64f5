// By what somebody is known who signs in: the name that one issuer gives them. The pair is the identity; an e-mail
// address never is one, because another issuer may say the same address of somebody else (RFC 8725 section 3.8).

export interface Identity {
  /** The exact `iss`, or a name of the product's own: `urn:keywright:accounts`. */
  readonly issuer: string
  /** The issuer's name for them, its `sub`: no two people have the same one there. */
  readonly subject: string
}

/** An identity as it is kept. */
export interface JoinedIdentity extends Identity {
  readonly personId: string
  /** Epoch milliseconds. */
  readonly createdAt: number
  /** When the newest token was issued whose claims were applied, epoch milliseconds; null before the first. */
  readonly claimedAt: number | null
}
