/** The layouts `profiles-json` and `hosts-json`: one owner-only file, a section for each profile or host. */
import type { Configuring, Entry, Renewing, Saved, Saving, Store } from './store.ts'
import { changeFile, probeFile, readStored, type StoreWorld, withRenewal } from './change-file.ts'
import {
  changed,
  isMap,
  type JsonMap,
  readSections,
  sectionName,
  type SectionGroup,
  type Sections,
  writeDocument,
  writeSection,
} from './json-sections.ts'

export interface JsonLayout {
  readonly path: string
  readonly group: SectionGroup
  /** What the credential and the server are called in a section. */
  readonly credentialName: string
  readonly serverName: string
  /** Whether nobody else may enter the folder. */
  readonly isFolderOwn: boolean
  /** The server that a profile without one is for. */
  readonly defaultServer: string | undefined
}

/** The profile that counts when nobody names one. */
const DEFAULT_PROFILE = 'default'

export class JsonStore implements Store {
  readonly #layout: JsonLayout
  readonly #world: StoreWorld

  constructor(layout: JsonLayout, world: StoreWorld) {
    this.#layout = layout
    this.#world = world
  }

  async probe(): Promise<void> {
    const { path, isFolderOwn } = this.#layout
    await probeFile({ path, isFolderOwn }, this.#world)
  }

  async save(saving: Saving): Promise<Saved> {
    const { path } = this.#layout
    const name = this.#nameOf(saving)
    const { credential, seal, server } = saving
    const stored = seal?.(credential, { section: name, server }) ?? credential
    await this.#change((found) => {
      const before = { ...found.sections[name], ...this.#fieldsOf(stored, saving.server) }
      const fields = changed(before, saving.settings)
      // The first login, and each login to a host, is the one that counts from then on; a profile is switched to.
      const isActive = this.#layout.group === 'hosts' || found.active === undefined
      return { name, fields, ...(isActive && { active: name }) }
    })
    return { credentials: path, stored, settings: undefined, warnings: [] }
  }

  whileRenewing<T>(work: () => Promise<T>): Promise<T> {
    return withRenewal(this.#layout.path, this.#world, work)
  }

  async renew({ from, to, seal, ...where }: Renewing): Promise<boolean> {
    const { credentialName } = this.#layout
    const name = this.#nameOf(where)
    let isFound = false
    await this.#change(({ sections }) => {
      const fields = sections[name] ?? {}
      const stored = seal?.(to, { section: name, server: this.#serverIn(fields) }) ?? to
      isFound = fields[credentialName] === from
      return isFound ? { name, fields: changed(fields, { [credentialName]: stored }) } : undefined
    })
    return isFound
  }

  async entries(): Promise<readonly Entry[]> {
    const { credentialName, defaultServer, group } = this.#layout
    const { sections, active } = await this.#read()
    const counting = active === undefined ? undefined : sectionName(group, active)
    return Object.entries(sections).flatMap(([name, fields]) => {
      const { [credentialName]: credential } = fields
      if (typeof credential !== 'string') return []
      const named = this.#serverIn(fields) ?? defaultServer
      return [
        {
          name,
          isActive: name === counting,
          credential,
          section: name,
          server: group === 'hosts' ? name : named,
        },
      ]
    })
  }

  async activate(wanted: string): Promise<boolean> {
    const name = sectionName(this.#layout.group, wanted)
    let isFound = false
    await this.#change(({ sections }) => {
      const fields = sections[name]
      isFound = fields !== undefined
      return fields === undefined ? undefined : { name, fields, active: name }
    })
    return isFound
  }

  async configure(change: Configuring): Promise<string> {
    const name = this.#nameOf(change)
    await this.#change(({ sections }) => ({
      name,
      fields: changed(sections[name] ?? {}, change.settings),
    }))
    return this.#layout.path
  }

  async bind(folder: string, profile: string | undefined): Promise<boolean> {
    const { path, group, isFolderOwn } = this.#layout
    let isDone = false
    const change = (text: string | undefined): string | undefined => {
      const found = readSections(text, group, path)
      const { bindings } = found.document
      const before = isMap(bindings) ? bindings : {}
      isDone = profile === undefined ? folder in before : found.sections[profile] !== undefined
      return isDone
        ? writeDocument({ ...found.document, bindings: changed(before, { [folder]: profile }) })
        : undefined
    }
    await changeFile({ path, mode: 'secret', isFolderOwn, change }, this.#world)
    return isDone
  }

  async remove(name: string): Promise<boolean> {
    let isFound = false
    await this.#change(({ sections }) => {
      isFound = sections[name] !== undefined
      return isFound ? { name, fields: undefined } : undefined
    })
    return isFound
  }

  #nameOf({ profile, server }: Pick<Saving, 'profile' | 'server'>): string {
    const { group } = this.#layout
    return group === 'hosts' ? sectionName(group, server) : (profile ?? DEFAULT_PROFILE)
  }

  #serverIn(fields: JsonMap): string | undefined {
    const server = fields[this.#layout.serverName]
    return typeof server === 'string' ? server : undefined
  }

  #fieldsOf(stored: string, server: string): JsonMap {
    const { credentialName, serverName, defaultServer, group } = this.#layout
    if (group === 'hosts') return { [credentialName]: stored }
    // The server of the login before would get the credential of this one.
    return {
      [credentialName]: stored,
      [serverName]: server === defaultServer ? undefined : server,
    }
  }

  async #read(): Promise<Sections> {
    const { path, group } = this.#layout
    return readSections(await readStored(path), group, path)
  }

  async #change(
    decide: (found: Sections) => Parameters<typeof writeSection>[2] | undefined,
  ): Promise<void> {
    const { path, group, isFolderOwn } = this.#layout
    const change = (text: string | undefined): string | undefined => {
      const found = readSections(text, group, path)
      const wanted = decide(found)
      return wanted === undefined ? undefined : writeSection(found, group, wanted)
    }
    await changeFile({ path, mode: 'secret', isFolderOwn, change }, this.#world)
  }
}
