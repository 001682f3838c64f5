/** Changes some settings of a YAML file; its comments, its order and every setting we do not know survive. */
import { isMap, parseDocument } from 'yaml'
import { Failure } from '../output/failure.ts'

/** Top-level settings to write; undefined takes one away. */
export type YamlChanges = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * The text of a YAML file with the changes made in it.
 *
 * @throws Failure `file_unusable` when the text is no YAML map, with file, line and fix
 */
export function mergeYaml(text: string, changes: YamlChanges, path: string): string {
  const document = parseDocument(text, { prettyErrors: true })
  const [error] = document.errors
  if (error !== undefined) {
    const line = error.linePos?.[0].line ?? 1
    const isTwice = error.code === 'DUPLICATE_KEY'
    const what = isTwice ? 'the same setting stands there twice' : 'it is not YAML'
    const hint = isTwice ? 'Remove one of the two.' : 'Correct that line, or move the file away.'
    throw new Failure('file_unusable', `${path}:${line} cannot be changed: ${what}.`, { hint })
  }
  if (document.contents !== null && !isMap(document.contents)) {
    throw new Failure('file_unusable', `${path} cannot be changed: it is not a list of settings.`, {
      hint: 'Write one `name: value` a line, or move the file away.',
    })
  }
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) document.delete(name)
    else document.set(name, value)
  }
  const isEmpty = document.contents === null || document.contents.items.length === 0
  // An empty map would be written as `{}`, which nobody writes by hand.
  if (isEmpty)
    return document.commentBefore === null || document.commentBefore === undefined ? '' : text
  return document.toString({ lineWidth: 0 })
}
