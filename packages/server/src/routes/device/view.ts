import type { deviceLoginSchema } from '@keywright/contract'
import type { Definition, DeviceLogin } from '@keywright/core'
import { instant } from '@keywright/core'
import type { z } from 'zod'

/** A device login as the wire shows it to whoever decides. */
export function deviceLoginView(
  { login: ours }: Definition,
  login: DeviceLogin,
): z.output<typeof deviceLoginSchema> {
  const { clientId: id, deviceName, network, scopes, createdAt, expiresAt, decision } = login
  return {
    client: { id, name: ours?.clients.get(id)?.name ?? id },
    device_name: deviceName,
    network,
    scopes: [...scopes],
    created_at: instant(createdAt),
    expires_at: instant(expiresAt),
    decision,
  }
}
