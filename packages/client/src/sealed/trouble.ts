// Why a key cannot be had, or a sealed credential not be opened. Each is told as what it is: none of them means that
// nobody is logged in.

export type StoreTroubleCode =
  /** The keychain is there and locked. */
  | 'store_locked'
  /** There is no keychain here, or nothing to ask it with. */
  | 'store_unavailable'
  /** It did not answer in time. */
  | 'store_timed_out'
  /** It is open and does not have the key; or the variable does not. */
  | 'store_key_missing'
  /** The key is there and does not open it. */
  | 'sealed_broken'

export interface StoreTrouble {
  readonly code: StoreTroubleCode
  /** A clause, to stand behind `because` or `and`. */
  readonly why: string
  readonly fix: string
}

/** How a person logs in anew: the brand's command, when it is known. */
export function loginOf(login: string | undefined, flags = ''): string {
  return login === undefined ? `log in${flags && ` with${flags}`}` : `run '${login}${flags}'`
}

/** Where there are no modules of Node: nothing can be started and nothing opened. */
export const NO_MACHINE: StoreTrouble = {
  code: 'store_unavailable',
  why: 'there are neither ciphers nor keychains here',
  fix: 'run it in Node, Bun or Deno',
}
