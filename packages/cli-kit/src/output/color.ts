/** Colour, decided for each stream on its own: one may be a terminal while the other is a file. */
import { styleText } from 'node:util'
import type { Printer } from '../world/world.ts'

export type Style =
  | 'bold'
  | 'dim'
  | 'red'
  | 'yellow'
  | 'green'
  /** Light on dark, whatever the terminal's own colours are. */
  | 'picture'

/** https://no-color.org and https://force-color.org: an empty variable counts as unset; no colour wins over colour. */
export function isColored(
  stream: Printer,
  env: Readonly<Record<string, string | undefined>>,
  isOff: boolean,
): boolean {
  if (isOff || isSet(env['NO_COLOR'])) return false
  if (isSet(env['FORCE_COLOR'])) return env['FORCE_COLOR'] !== '0'
  return env['TERM'] !== 'dumb' && stream.isTTY === true
}

/** The text between the escapes of a style. */
export function paint(style: Style, text: string): string {
  return styleText(style === 'picture' ? ['whiteBright', 'bgBlack'] : style, text, {
    validateStream: false,
  })
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== ''
}
