/**
 * The layout `split-yaml`: settings in one file that people write too, the secret in another that is replaced whole. With
 * the variable for a single file both are in that one.
 */
import { parseYaml } from '@keywright/client'
import * as yaml from 'yaml'
import { mergeYaml, type YamlChanges } from '../files/merge-yaml.ts'
import { Failure } from '../output/failure.ts'
import { malformedFile } from './malformed-file.ts'
import type { Configuring, Entry, Renewing, Saved, Saving, Store } from './store.ts'
import { changeFile, probeFile, readStored, type StoreWorld, withRenewal } from './change-file.ts'

export interface YamlLayout {
  readonly settings: string
  readonly credentials: string
  /** The file that replaces both, when its variable is set. */
  readonly single: string | undefined
  readonly credentialName: string
  /** Whether nobody else may enter the folder. */
  readonly isFolderOwn: boolean
}

export class YamlStore implements Store {
  readonly #layout: YamlLayout
  readonly #world: StoreWorld

  constructor(layout: YamlLayout, world: StoreWorld) {
    this.#layout = layout
    this.#world = world
  }

  async probe(): Promise<void> {
    const { isFolderOwn } = this.#layout
    await probeFile({ path: this.#secretFile, isFolderOwn }, this.#world)
  }

  async save({ credential, settings, seal }: Saving): Promise<Saved> {
    const { single, credentials, credentialName } = this.#layout
    const stored = seal?.(credential, { section: undefined }) ?? credential
    if (single !== undefined) {
      await this.#merge(single, { ...settings, [credentialName]: stored }, 'secret')
      const hasSettings = Object.keys(settings).length > 0
      return {
        credentials: single,
        stored,
        settings: hasSettings ? single : undefined,
        warnings: [],
      }
    }
    const change = (): string => mergeYaml('', { [credentialName]: stored }, credentials)
    await this.#change(credentials, 'secret', change)
    return { credentials, stored, ...(await this.#saveSettings(settings)) }
  }

  whileRenewing<T>(work: () => Promise<T>): Promise<T> {
    return withRenewal(this.#secretFile, this.#world, work)
  }

  async renew({ from, to, seal }: Renewing): Promise<boolean> {
    const path = this.#secretFile
    const stored = seal?.(to, { section: undefined }) ?? to
    let isFound = false
    const change = (text = ''): string | undefined => {
      isFound = this.#credentialIn(text) === from
      return isFound ? mergeYaml(text, { [this.#layout.credentialName]: stored }, path) : undefined
    }
    await this.#change(path, 'secret', change)
    return isFound
  }

  async entries(): Promise<readonly Entry[]> {
    const credential = this.#credentialIn((await readStored(this.#secretFile)) ?? '')
    if (credential === undefined) return []
    return [{ name: '', isActive: true, credential, section: undefined, server: undefined }]
  }

  activate(): Promise<boolean> {
    return Promise.resolve(false)
  }

  async configure({ settings: changes }: Configuring): Promise<string> {
    const { single, settings } = this.#layout
    await this.#merge(single ?? settings, changes, single === undefined ? 'keep' : 'secret')
    return single ?? settings
  }

  bind(): Promise<boolean> {
    return Promise.resolve(false)
  }

  async remove(): Promise<boolean> {
    if ((await this.entries()).length === 0) return false
    await this.#merge(this.#secretFile, { [this.#layout.credentialName]: undefined }, 'secret')
    return true
  }

  get #secretFile(): string {
    return this.#layout.single ?? this.#layout.credentials
  }

  #credentialIn(text: string): string | undefined {
    const read = parseYaml(yaml, text)
    // Not in the words of the parser, which quotes the line: it may be the secret.
    if (!read.ok) throw malformedFile(this.#secretFile, read)
    const value = read.value.get(this.#layout.credentialName)?.value
    return typeof value === 'string' ? value : undefined
  }

  /** The secret is stored already: settings that cannot be written are a warning, not a failed login. */
  async #saveSettings(changes: YamlChanges): Promise<Pick<Saved, 'settings' | 'warnings'>> {
    const { settings } = this.#layout
    if (Object.keys(changes).length === 0) return { settings: undefined, warnings: [] }
    try {
      await this.#merge(settings, changes, 'keep')
      return { settings, warnings: [] }
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      const wanted = Object.entries(changes)
        .map(([name, value]) => (value === undefined ? `no ${name}` : `${name}: ${value}`))
        .join(', ')
      const warning = `${error.message} Not recorded: ${wanted}.`
      return { settings: undefined, warnings: [warning] }
    }
  }

  async #merge(path: string, changes: YamlChanges, mode: 'secret' | 'keep'): Promise<void> {
    await this.#change(path, mode, (text = '') => mergeYaml(text, changes, path))
  }

  async #change(
    path: string,
    mode: 'secret' | 'keep',
    change: (text: string | undefined) => string | undefined,
  ): Promise<void> {
    const { isFolderOwn } = this.#layout
    await changeFile({ path, mode, isFolderOwn, change }, this.#world)
  }
}
