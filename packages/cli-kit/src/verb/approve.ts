/** `approve`: approves the login of another machine from this terminal, which is signed in. No browser anywhere. */
import { fieldsOf, textOf } from '../api/read-answer.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { confirm } from '../session/interactive.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'

const CODE = /^[0-9A-Za-z]{2,}(-?[0-9A-Za-z]+)*$/

export async function approve(context: Context, { argument = '' }: Given): Promise<void> {
  const { out } = context
  if (!CODE.test(argument)) {
    throw new Failure('usage', 'This is no code of a login.', {
      hint: 'Type the code as the other machine shows it.',
    })
  }
  const { api, login } = openSession(context)
  const question = `Approve the login with the code ${argument} at ${login.server}? Only say yes if you began it yourself.`
  if (!(await confirm(context, question))) {
    throw new Failure('login_refused', 'Nothing was approved.')
  }
  const body = { user_code: argument }
  const answer = fieldsOf(await api.call('POST /v1/device/approve', { body }))
  const device = textOf(answer, 'device_name')
  out.answer({ user_code: argument, is_approved: true, device_name: device ?? null }, [])
  out.note(
    `Approved${device === undefined ? '' : ` ${device}`}. The other machine goes on by itself.`,
  )
}
