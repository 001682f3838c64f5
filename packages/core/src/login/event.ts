import type { EventType } from '../event/event.ts'
import { spaceOf } from '../person/person.ts'
import type { Writes } from '../ports/store.ts'

/** One step of a login, for the person's audit trail. */
interface LoginStep {
  readonly type: EventType & `login.${string}`
  readonly at: number
  readonly actor: string
  readonly personId: string
  readonly keyId?: string | null
  readonly login: {
    readonly clientId: string
    readonly deviceName: string | null
    readonly grant: 'authorization_code' | 'device_code'
    /** Where a device login was asked for from. */
    readonly network?: string | null
  }
}

export async function appendLogin(writes: Writes, step: LoginStep): Promise<void> {
  const { type, at, actor, personId, keyId = null, login } = step
  const { clientId, deviceName, grant, network } = login
  const space = spaceOf(personId)
  await writes.append({
    type,
    at,
    actor,
    keyId,
    resource: space,
    person: space,
    mode: null,
    data: {
      client: clientId,
      grant,
      device_name: deviceName,
      ...(network === undefined ? {} : { network }),
    },
  })
}
