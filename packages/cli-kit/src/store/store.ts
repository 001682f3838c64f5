/**
 * Where a product keeps what a login gave. Three layouts, one interface: what the SDK will read is what is written here,
 * as packages/client describes it.
 */
import type { Sealer } from '@keywright/client'
import type { YamlChanges } from '../files/merge-yaml.ts'

/** What a login writes. */
export interface Saving {
  readonly credential: string
  /** Makes what is stored of it; undefined stores it as it is. */
  readonly seal: Sealer | undefined
  /** The base URL that the credential is for. */
  readonly server: string
  /** Profile that it belongs to, in a layout of profiles. */
  readonly profile: string | undefined
  /** Settings that really changed; undefined takes one away. */
  readonly settings: YamlChanges
}

/** Settings to store, and which profile or host they are for. */
export interface Configuring {
  readonly settings: YamlChanges
  readonly profile: string | undefined
  readonly server: string
}

/** A new secret of the same credential. */
export interface Renewing {
  /** What it replaces, as it lies there: sealed, or plain. */
  readonly from: string
  readonly to: string
  /** Makes what is stored of it; undefined stores it as it is. */
  readonly seal: Sealer | undefined
  readonly profile: string | undefined
  readonly server: string
}

/** What became of it. */
export interface Saved {
  /** The file that holds the credential now. */
  readonly credentials: string
  /** What stands there for the credential: sealed, or plain. */
  readonly stored: string
  /** The file that holds the changed settings; undefined when none changed or when it could not be written. */
  readonly settings: string | undefined
  readonly warnings: readonly string[]
}

/** A stored login: a profile, a host, or the one there is (`name` is empty then). */
export interface Entry {
  readonly name: string
  readonly isActive: boolean
  /** As it lies there: sealed, or plain. */
  readonly credential: string
  /** The profile or host that a sealed one is of. */
  readonly section: string | undefined
  readonly server: string | undefined
}

export interface Store {
  /** Proves that a login can be written, before anybody goes to a browser for one. @throws Failure `file_unusable` */
  probe(): Promise<void>
  save(saving: Saving): Promise<Saved>
  /** Runs the work while no other process renews a credential of this store. */
  whileRenewing<T>(work: () => Promise<T>): Promise<T>
  /** Replaces the secret. False, and nothing is written: a login or logout has replaced it meanwhile. */
  renew(renewing: Renewing): Promise<boolean>
  entries(): Promise<readonly Entry[]>
  /** Makes a profile or host the one that counts when nothing else is said. False: there is no such entry. */
  activate(name: string): Promise<boolean>
  /** Changes settings beside the credential, and says in which file; undefined takes one away. */
  configure(change: Configuring): Promise<string>
  /** Binds a folder to a profile, or to none. False: there is no such profile, or the folder was bound to none. */
  bind(folder: string, profile: string | undefined): Promise<boolean>
  /** Takes an entry away with its credential, and leaves every other. False: there was none. */
  remove(name: string): Promise<boolean>
}
