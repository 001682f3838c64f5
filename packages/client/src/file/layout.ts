// Where a brand keeps its files and what shape they have. Three layouts cover what command lines do in practice:
// settings and secrets in two YAML files, profiles in one JSON file, one entry a host in one JSON file. A layout brings
// the code that reads it, so a program has only the one that its brand names.

import type { FileLayers, Reading } from './reading.ts'

/** `{ home: '.methodic' }` is `~/.methodic`; `{ xdg: 'chronary' }` is `$XDG_CONFIG_HOME/chronary` or `~/.config/chronary`. */
export type Directory = { readonly home: string } | { readonly xdg: string }

interface LayoutInput {
  /** `<ENV>_CONFIG_DIR` names another folder. On Windows an `xdg` folder lies in `%APPDATA%`. */
  readonly directory: Directory
  /**
   * What happens to a file with a secret that others may read: `repair` takes the permission away and goes on, `refuse`
   * stops. A file that others may write is always refused. Default: `repair`.
   */
  readonly whenReadable?: 'repair' | 'refuse'
}

export interface SplitYamlInput extends LayoutInput {
  /** Default: `config.yaml`. */
  readonly settings?: string
  /** Default: `credentials.yaml`. */
  readonly credentials?: string
  /** The variable that names one file to read instead of both. Default: `<ENV>_CONFIG`. */
  readonly singleFileVariable?: string | undefined
}

export interface ProfilesJsonInput extends LayoutInput {
  /** Default: `config.json`. */
  readonly file?: string
}

export interface HostsJsonInput extends LayoutInput {
  /** Default: `credentials.json`. */
  readonly file?: string
}

interface Reads {
  readonly read: (reading: Reading) => FileLayers
}

export type SplitYaml = { readonly layout: 'split-yaml' } & Required<SplitYamlInput> & Reads
export type ProfilesJson = { readonly layout: 'profiles-json' } & Required<ProfilesJsonInput> &
  Reads
export type HostsJson = { readonly layout: 'hosts-json' } & Required<HostsJsonInput> & Reads

/** A layout with every name filled in, made by `splitYaml`, `profilesJson` or `hostsJson`. */
export type Files = SplitYaml | ProfilesJson | HostsJson

/** Where the files of a brand lie for one user, as absolute paths. */
export interface FilePlaces {
  readonly directory: string
  /** The file that holds secrets: owner-only. */
  readonly credentials: string
  /** The file with everything else; the same as `credentials` where one file holds both. */
  readonly settings: string
  /** The file that replaces both, when the variable for it is set. */
  readonly single: string | undefined
}
