const LENGTH_MAX = 100

/**
 * What a program calls its machine, fit to be a key's name and to be shown: one line without control characters,
 * nothing invisible, nothing that turns the direction of writing, at most 100 characters.
 * @returns null when nothing is left
 */
export function cleanDeviceName(text: string | undefined): string | null {
  const visible = (text ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/\s+/gu, ' ')
  const name = Array.from(visible.trim()).slice(0, LENGTH_MAX).join('').trim()
  return name === '' ? null : name
}
