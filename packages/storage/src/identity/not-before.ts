import type { Identity, NotBefore } from '@keywright/core'
import { prepare } from '../query/prepare.ts'
import type { Database } from '../schema/tables.ts'

/** Written where a rule is for all subjects of an issuer; no subject is empty. */
const ALL = ''

const selectLatest = prepare((db, { issuer, subject }: { issuer: string; subject: string }) =>
  db
    .selectFrom('not_befores')
    .select((column) => column.fn.max('at').as('at'))
    .where('issuer', '=', issuer)
    .where('subject', 'in', [ALL, subject]),
)

/** The later one of what is set for the issuer and for the subject. */
export async function notBefore(
  db: Database,
  { issuer, subject }: Identity,
): Promise<number | null> {
  const [row] = await selectLatest(db, { issuer, subject })
  return row?.at ?? null
}

export async function setNotBefore(db: Database, rule: NotBefore): Promise<void> {
  const { issuer, at } = rule
  const subject = rule.subject ?? ALL
  if (at === null) {
    await db
      .deleteFrom('not_befores')
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .execute()
    return
  }
  await db
    .insertInto('not_befores')
    .values({ issuer, subject, at })
    .onConflict((conflict) => conflict.columns(['issuer', 'subject']).doUpdateSet({ at }))
    .execute()
}
