/**
 * A first start prints its secrets on purpose, once: `… (shown once): SECRET`, and after it two
 * curl commands made to be pasted; a token that ends by itself as `… JWT (valid 1 h): TOKEN`. Those lines and no others are taken out before a scan.
 */

const SHOWN_ONCE = /\(shown once\): |JWT \(valid 1 h\): /
const CURLS_AFTER = 2

/** The text without the lines that show a secret once and the two curl commands that follow. */
export function stripShownOnce(text: string): string {
  const kept: string[] = []
  let curlsLeft = 0
  let continues = false
  for (const line of text.split('\n')) {
    if (continues) {
      continues = endsInBackslash(line)
    } else if (SHOWN_ONCE.test(line)) {
      curlsLeft = CURLS_AFTER
    } else if (curlsLeft > 0 && line.trimStart().startsWith('curl ')) {
      curlsLeft -= 1
      continues = endsInBackslash(line)
    } else {
      kept.push(line)
    }
  }
  return kept.join('\n')
}

function endsInBackslash(line: string): boolean {
  return line.trimEnd().endsWith('\\')
}
