/**
 * Text from a server on its way to a terminal. A name with escape sequences in it could rewrite the screen, set the
 * title or type into the clipboard, so control characters are dropped; our own colours (SGR sequences) stay.
 */

const CONTROLS =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /\u001B\[[0-9;]*m|[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200E\u200F\u202A-\u202E\u2066-\u2069]/g

/** The text without control characters and marks that turn the direction of writing; tabs and line ends stay. */
export function printable(text: string): string {
  return text.replaceAll(CONTROLS, (found) => (found.length > 1 ? found : ''))
}
