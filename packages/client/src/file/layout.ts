// Where a brand keeps its files and what shape they have. Three layouts cover what command lines do in practice:
// settings and secrets in two YAML files, profiles in one JSON file, one entry a host in one JSON file.

/** `{ home: '.methodic' }` is `~/.methodic`; `{ xdg: 'chronary' }` is `$XDG_CONFIG_HOME/chronary` or `~/.config/chronary`. */
export type Directory = { readonly home: string } | { readonly xdg: string }

interface LayoutFields {
  /** `<ENV>_CONFIG_DIR` names another folder. On Windows an `xdg` folder lies in `%APPDATA%`. */
  readonly directory: Directory
  /**
   * What happens to a file with a secret that others may read: `repair` takes the permission away and goes on, `refuse`
   * stops. A file that others may write is always refused. Default: `repair`.
   */
  readonly whenReadable?: 'repair' | 'refuse'
}

/** `config.yaml` and `credentials.yaml`, both optional, any subset of settings in either; credentials win. */
interface SplitYamlInput extends LayoutFields {
  readonly layout: 'split-yaml'
  /** Default: `config.yaml`. */
  readonly settings?: string
  /** Default: `credentials.yaml`. */
  readonly credentials?: string
  /** The variable that names one file to read instead of both. Default: `<ENV>_CONFIG`. */
  readonly singleFileVariable?: string
}

/**
 * `{ "active": "work", "profiles": { "work": { "api_key": "…" } }, "bindings": { "/folder": "work" } }`.
 * The profile is chosen by argument, `<ENV>_PROFILE`, the nearest bound folder, `active`, `default`.
 */
interface ProfilesJsonInput extends LayoutFields {
  readonly layout: 'profiles-json'
  /** Default: `config.json`. */
  readonly file?: string
}

/**
 * `{ "active": "https://host", "hosts": { "https://host": { "token": "…" } } }`. The entry of a host counts for requests
 * to that host alone; `active` is the server when nothing else names one.
 */
interface HostsJsonInput extends LayoutFields {
  readonly layout: 'hosts-json'
  /** Default: `credentials.json`. */
  readonly file?: string
}

export type FilesInput = SplitYamlInput | ProfilesJsonInput | HostsJsonInput

/** The layouts of a checked brand: every name filled in. */
export type Files =
  | Required<SplitYamlInput>
  | Required<ProfilesJsonInput>
  | Required<HostsJsonInput>

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
