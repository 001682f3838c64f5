/** Why a database is not opened. The codes never change their meaning. */
export type StoreRefusalCode =
  | 'sqlite_too_old'
  | 'schema_too_new'
  | 'wrong_root_key'
  | 'database_in_use'
  | 'database_damaged'
  | 'not_keywright'

/** The database must not be used as it is; nothing in it has been changed. `fix` says what to do. */
export class StoreRefused extends Error {
  readonly code: StoreRefusalCode
  readonly fix: string

  constructor(code: StoreRefusalCode, reason: string, fix: string) {
    super(`${reason} ${fix}`)
    this.name = 'StoreRefused'
    this.code = code
    this.fix = fix
  }
}
