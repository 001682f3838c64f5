/**
 * Every value that a Node request has of a header, one item a header line. `req.headers` shows only the first
 * `Authorization` of several, so what was sent is read from `rawHeaders`.
 * @param rawHeaders names and values in turn, as sent
 * @param name in lower case
 */
export function headerLines(rawHeaders: readonly string[], name: string): readonly string[] {
  const lines: string[] = []
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const sent = rawHeaders[index] as string
    if (sent.length === name.length && sent.toLowerCase() === name) {
      lines.push(rawHeaders[index + 1] as string)
    }
  }
  return lines
}
