/** Changes some settings of a YAML file; its comments, its order and every setting we do not know survive. */
import { type Document, isMap, isScalar, parseDocument } from 'yaml'
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
  const above = document.contents?.commentBefore
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) takeAway(document, name)
    else document.set(name, value)
  }
  const isEmpty = document.contents === null || document.contents.items.length === 0
  if (!isEmpty) return document.toString({ lineWidth: 0 })
  // An empty map would be written as `{}`, which nobody writes by hand.
  const comments = [document.commentBefore, above, document.comment].filter(isText)
  return comments.map((comment) => `${comment.replaceAll(/^/gm, '#')}\n`).join('')
}

/** The comment above a setting that goes is that of the next one, or of the end. */
function takeAway(document: Document.Parsed, name: string): void {
  const items = isMap(document.contents) ? document.contents.items : []
  const at = items.findIndex(({ key }) => isScalar(key) && key.value === name)
  const key = items[at]?.key
  if (!isScalar(key)) return
  const next = items[at + 1]?.key
  const comment = key.commentBefore
  document.delete(name)
  if (!isText(comment)) return
  if (isScalar(next)) next.commentBefore = [comment, next.commentBefore].filter(isText).join('\n')
  else document.comment = [comment, document.comment].filter(isText).join('\n')
}

function isText(comment: string | null | undefined): comment is string {
  return comment !== null && comment !== undefined && comment !== ''
}
