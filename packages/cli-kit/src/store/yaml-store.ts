/**
 * The layout `split-yaml`: settings in one file that people write too, the secret in another that is replaced whole. With
 * the variable for a single file both are in that one.
 */
import { mergeYaml, type YamlChanges } from '../files/merge-yaml.ts'
import { Failure } from '../output/failure.ts'
import type { Configuring, Entry, Saved, Saving, Store } from './store.ts'
import { changeFile, probeFile, readStored, type StoreWorld } from './change-file.ts'

export interface YamlLayout {
  readonly settings: string
  readonly credentials: string
  /** The file that replaces both, when its variable is set. */
  readonly single: string | undefined
  readonly credentialName: string
}

export class YamlStore implements Store {
  readonly #layout: YamlLayout
  readonly #world: StoreWorld

  constructor(layout: YamlLayout, world: StoreWorld) {
    this.#layout = layout
    this.#world = world
  }

  async probe(): Promise<void> {
    await probeFile(this.#layout.single ?? this.#layout.credentials, this.#world)
  }

  async save({ credential, settings, seal }: Saving): Promise<Saved> {
    const { single, credentials, credentialName } = this.#layout
    const stored = seal?.(credential, undefined) ?? credential
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
    await changeFile({ path: credentials, mode: 'secret', change }, this.#world)
    return { credentials, stored, ...(await this.#saveSettings(settings)) }
  }

  async entries(): Promise<readonly Entry[]> {
    const { single, credentials, credentialName } = this.#layout
    const { parse } = await import('yaml')
    const text = await readStored(single ?? credentials)
    const found: unknown = text === undefined ? undefined : parse(text)
    const credential = (found as Record<string, unknown> | null | undefined)?.[credentialName]
    if (typeof credential !== 'string') return []
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
    const { single, credentials, credentialName } = this.#layout
    if ((await this.entries()).length === 0) return false
    await this.#merge(single ?? credentials, { [credentialName]: undefined }, 'secret')
    return true
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
    const change = (text: string | undefined): string => mergeYaml(text ?? '', changes, path)
    await changeFile({ path, mode, change }, this.#world)
  }
}
