/** Why an authority cannot start. Nothing was changed; `fix` says what to do. */
export class StartError extends Error {
  readonly code:
    | 'root_key_missing'
    | 'root_key_malformed'
    | 'root_key_exposed'
    | 'definition_unreadable'
    | 'setting_malformed'
  readonly fix: string

  constructor(code: StartError['code'], detail: string, fix: string) {
    super(`${detail} ${fix}`)
    this.name = 'StartError'
    this.code = code
    this.fix = fix
  }
}
