/**
 * Text from a server on its way to a terminal. A name with escape sequences in it could rewrite the screen, set the
 * title or type into the clipboard, so control characters are dropped; the styles that we use ourselves stay, but none that
 * hides text.
 */

const CONTROLS =
  // oxlint-disable-next-line no-control-regex -- control characters are what this is about
  /\u001B\[97m\u001B\[40m|\u001B\[(?:[12]|22|3[1239]|49)m|[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu

/** As `printable`, on one line: a name with a line end in it could pass for a line of ours, or for a row of a list. */
export function printableLine(text: string): string {
  return printable(text).replaceAll(/[\n\u2028\u2029]+/g, ' ')
}

/** The text without control characters, marks that turn the direction of writing and letters that nobody sees; tabs and line ends stay. */
export function printable(text: string): string {
  return text.replaceAll(CONTROLS, (found) => (found.startsWith('\u001B[') ? found : ''))
}
