/** What a shell takes as it is. */
const PLAIN = /^\w[\w.:/-]*$/

/** Whether a text can stand in a command as one word and nothing else. */
export function isPlainWord(text: string): boolean {
  return PLAIN.test(text)
}

/** A text of a server or a person in a command that is there to be pasted: in quotes where a shell would read more into it. */
export function shellWord(text: string): string {
  return isPlainWord(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`
}
