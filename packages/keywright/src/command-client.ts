/** The command `keywright` as a program that people log in with: a public client (RFC 6749, section 2.1). */
import type { Definition } from '@keywright/core'

/** Its `client_id`. */
export const COMMAND_CLIENT = 'keywright'

/**
 * The definition as a standalone server has it: whoever serves it has the command too, so people can log in with it where
 * there is a login at all. A definition that names the client itself stays as it is.
 */
export function withCommandClient(definition: Definition): Definition {
  const { login } = definition
  if (login === undefined || login.clients.has(COMMAND_CLIENT)) return definition
  const command = { id: COMMAND_CLIENT, name: 'Keywright CLI' }
  return {
    ...definition,
    login: { ...login, clients: new Map([...login.clients, [COMMAND_CLIENT, command]]) },
  }
}
