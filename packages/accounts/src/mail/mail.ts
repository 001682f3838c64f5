/** A mail to one person. Its text may hold a link that signs somebody up: it belongs in no log. */
export interface Mail {
  readonly to: string
  readonly subject: string
  readonly text: string
}

/** Hands a mail over; resolves when it is on its way. */
export type SendMail = (mail: Mail) => Promise<void>
