import type { Definition } from '../definition/definition.ts'
import type { Login, LoginClient } from './login.ts'
import type { OAuthOutcome } from './refusal.ts'
import { oauthRefused } from './refusal.ts'

/** The client of that id, and the login it is part of. */
export function findClient(
  { login }: Definition,
  clientId: string | undefined,
): OAuthOutcome<{ readonly login: Login; readonly client: LoginClient }> {
  const client = login?.clients.get(clientId ?? '')
  if (login === undefined || client === undefined) {
    const description = 'There is no such client here. Send the client_id that the product gave it.'
    return oauthRefused('invalid_client', description)
  }
  return { ok: true, login, client }
}
