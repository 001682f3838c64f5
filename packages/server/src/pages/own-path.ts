// Where a browser may be sent after a form: a path of this origin, so that nobody can borrow a sign-in page as the
// first half of a trick (ASVS 3.7.2). Browsers read `//host`, `/\host` and paths with tabs or line ends in them as
// other hosts, and a proxy may decode a path once more, so all of these are no path of ours.

const LENGTH_MAX = 2048

/** Any origin that nobody has, to see whether a path leaves it. */
const OWN = 'https://own.invalid'

/** Printable ASCII without backslash: anything else arrives encoded in a true path. */
const PLAIN = /^\/[!-[\]-~]*$/

/** Whether text is a path, with or without query and fragment, that stays on the own origin however it is read. */
export function isOwnPath(text: string): boolean {
  if (text.length > LENGTH_MAX || !PLAIN.test(text)) return false
  if (leavesWhenRead(text)) return false
  const decoded = text.replaceAll(/%(2f|5c|2e|0[0-9a-f]|1[0-9a-f]|20|7f)/gi, (code) =>
    decodeURIComponent(code),
  )
  return !leavesWhenRead(decoded.replaceAll('\\', '/'))
}

function leavesWhenRead(path: string): boolean {
  if (/^\/\s*\//.test(path) || !URL.canParse(path, OWN)) return true
  const { origin, pathname } = new URL(path, OWN)
  return origin !== OWN || pathname.startsWith('//')
}

/** The path if it is one of ours, else `otherwise`. */
export function ownPathOr(text: string | undefined, otherwise: string): string {
  return text !== undefined && isOwnPath(text) ? text : otherwise
}
