/**
 * `approve`: lets the login of another machine in from this terminal, which is signed in. Shows who waits behind the code
 * first, because anybody can send anybody a code (RFC 8628, section 5.4).
 */
import type { Api } from '../api/api.ts'
import { fieldsOf, textOf } from '../api/read-answer.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from '../session/context.ts'
import { confirm } from '../session/interactive.ts'
import { openSession } from '../session/open-session.ts'
import type { Given } from '../tree/catalogue.ts'

const CODE = /^[0-9A-Za-z-]{4,32}$/

export async function approve(context: Context, { argument = '' }: Given): Promise<void> {
  const { out } = context
  if (!CODE.test(argument)) {
    throw new Failure('usage', 'This is no code of a login.', {
      hint: 'Type the code as the other machine shows it.',
    })
  }
  const { api } = openSession(context)
  const device = await claim(api, argument)
  out.show(`${device.client} on ${device.name} wants to act as you${device.network}.`)
  out.show(`It may: ${device.scopes.join(', ')}`)
  const isWanted = await confirm(context, 'Let it in? Only if you began this login yourself.')
  const decision = isWanted ? 'approve' : 'deny'
  await api.call('POST /v1/device/approve', { body: { user_code: argument, decision } })
  if (!isWanted) throw new Failure('login_refused', `${device.name} was refused.`)
  out.answer({ user_code: argument, device_name: device.name, scopes: device.scopes }, [])
  out.note(`${device.name} is in, and goes on by itself.`)
}

interface Device {
  readonly client: string
  readonly name: string
  readonly network: string
  readonly scopes: readonly string[]
}

/** Who names a code first decides about it; nobody else can any more. */
async function claim(api: Api, code: string): Promise<Device> {
  const answer = fieldsOf(await api.call('POST /v1/device/claim', { body: { user_code: code } }))
  const { scopes } = answer
  const network = textOf(answer, 'network')
  return {
    client: textOf(fieldsOf(answer['client']), 'name') ?? 'A program',
    name: textOf(answer, 'device_name') ?? 'a machine without a name',
    network: network === undefined ? '' : `, asked from ${network}`,
    scopes: Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [],
  }
}
