import type { Principal } from 'keywright'

/** Where a caller stands: its organization and, for a key of one agent, that agent. */
export interface Caller {
  readonly organization: string
  readonly agent: string | undefined
}

/** Reads it from the resource of the key: `organizations/org_1/agents/agt_7`. */
export function callerOf({ resource }: Principal): Caller {
  const [, organization = '', , agent] = resource.split('/')
  return { organization, agent }
}

/** The id of the calling key. Without issuers in the definition, whoever calls has one. */
export function keyIdOf({ keyId }: Principal): string {
  if (keyId === null) throw new TypeError('The caller has no key.')
  return keyId
}
