/** `token`: the credential in use, alone on stdout. */
import type { Context } from '../session/context.ts'
import { requireLogin } from '../session/resolved.ts'
import type { Given } from '../tree/catalogue.ts'
import { textFlag } from '../tree/text-flag.ts'

export async function printToken(context: Context, { flags }: Given): Promise<void> {
  const profile = textFlag({ flags }, 'profile')
  const { credential, server, source } = requireLogin(context, { profile })
  context.out.answer({ token: credential, server, source }, [credential])
  await Promise.resolve()
}
