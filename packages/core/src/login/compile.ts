import type { LoginInput } from '../definition/input.ts'
import type { Login } from './login.ts'

/** The login of a checked definition. */
export function compileLogin(input: LoginInput | undefined): Login | undefined {
  if (input === undefined) return undefined
  const { kind, clients, device = true } = input
  const entries = Object.entries(clients).map(([id, { name }]) => [id, { id, name }] as const)
  return { kind, clients: new Map(entries), hasDevice: device }
}
