import type { Entry } from './entries.ts'
import type { HostsDocument } from './hosts.ts'
import { hostOf, parseHosts } from './hosts.ts'
import type { HostsJson, HostsJsonInput } from './layout.ts'
import type { FileLayers, Reading } from './reading.ts'
import { gather, load, NOTHING } from './reading.ts'

/**
 * `{ "active": "https://host", "hosts": { "https://host": { "token": "…" } } }`. The entry of a host counts for requests
 * to that host alone; `active` is the server when nothing else names one.
 */
export function hostsJson(input: HostsJsonInput): HostsJson {
  return { layout: 'hosts-json', file: 'credentials.json', whenReadable: 'repair', ...input, read }
}

function read(reading: Reading): FileLayers {
  const [path] = reading.paths
  if (path === undefined) return NOTHING
  const { credential, server } = reading.brand
  const loaded = load<HostsDocument>(reading, path, {
    parse: parseHosts,
    holdsSecret: ({ hosts }) => [...hosts.values()].some((entries) => entries.has(credential.name)),
  })
  const gathered = { ...NOTHING, ...gather([loaded], [path]) }
  if (loaded.value === undefined) return gathered
  const { active, hosts } = loaded.value
  const entry: Entry = { value: active, text: undefined, line: undefined }
  return {
    ...gathered,
    layerFor(asked) {
      const section = hostOf(asked)
      const entries = section === undefined ? undefined : hosts.get(section)
      if (entries === undefined) return undefined
      // The entry cannot name another server: it was chosen by the one there is.
      const others = [...entries].filter(([name]) => name !== server.name)
      return { path, section, entries: new Map(others) }
    },
    layers:
      active === undefined
        ? []
        : [{ path, section: 'active', entries: new Map([[server.name, entry]]) }],
  }
}
