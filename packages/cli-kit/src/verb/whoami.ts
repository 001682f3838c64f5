/** `whoami`: the server and who is logged in there, asked live. */
import { askIdentity } from '../api/identity.ts'
import type { Context } from '../session/context.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'

export async function whoami(context: Context, { flags }: Given): Promise<void> {
  const profile = textFlag({ flags }, 'profile')
  const { login, api } = openSession(context, { profile })
  const identity = await askIdentity(api, context.brand)
  const { name, email, organizations } = identity
  const shownEmail = email === undefined || email === name ? '' : ` <${email}>`
  context.out.answer(
    {
      server: login.server,
      name,
      email: email ?? null,
      source: login.source,
      organizations: organizations.map(({ id, slug }) => ({ id, slug })),
    },
    [`${login.server}  ${name}${shownEmail}`],
  )
}
