// The shape of `hosts-json`: one entry a host, so a login there never touches the login here.

import type { Entries, Parsed } from './entries.ts'
import { malformed } from './entries.ts'
import { isJsonMap, parseJson } from './json.ts'
import { activeOf, parseSections } from './profiles.ts'

export interface HostsDocument {
  /** The server that counts when nothing else names one. */
  readonly active: string | undefined
  /** By origin, as `hostOf` writes it. */
  readonly hosts: ReadonlyMap<string, Entries>
}

const FIX = 'write { "hosts": { "https://host": { … } } }, or move the file away and log in again'

/** Reads a file of hosts; an empty object has none. */
export function parseHosts(text: string): Parsed<HostsDocument> {
  const parsed = parseJson(text)
  if (!parsed.ok) return parsed
  if (!isJsonMap(parsed.value)) return malformed('is not an object', FIX, 1)
  const sections = parseSections(parsed.value, 'hosts', FIX)
  if (!sections.ok) return sections
  const hosts = new Map<string, Entries>()
  for (const [name, entries] of sections.value) {
    const host = hostOf(name)
    if (host === undefined) return malformed("has a part of 'hosts' that is no URL", FIX)
    if (hosts.has(host)) return malformed(`names the host ${host} twice`, 'delete one of the two')
    hosts.set(host, entries)
  }
  const active = activeOf(parsed.value, FIX)
  if (!active.ok) return active
  return { ok: true, value: { active: active.value, hosts } }
}

/** The name of a server among hosts: its origin (RFC 6454), so paths and a final slash make no second login. */
export function hostOf(server: string): string | undefined {
  if (!URL.canParse(server)) return undefined
  const { origin } = new URL(server)
  return origin === 'null' ? undefined : origin
}
