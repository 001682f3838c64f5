/** Changes some settings of a YAML file; its comments, its order and every setting we do not know survive. */
import { type Document, isMap, isScalar, parseDocument, Scalar, stringify, type Tags } from 'yaml'
import { Failure } from '../output/failure.ts'

/**
 * Every value that we do not change is taken as the text that it is: `0123` is an id to whoever wrote it, and would come
 * back as 123, a number of twenty digits as another one.
 */
const TAGS: Tags = [
  'map',
  'seq',
  {
    tag: 'tag:yaml.org,2002:null',
    default: true,
    test: /^$/,
    identify: (value) => value === null,
    resolve: () => new Scalar(null),
    stringify: () => '',
  },
  {
    tag: 'tag:yaml.org,2002:str',
    default: true,
    identify: isString,
    resolve: (text: string) => text,
  },
]

/** Top-level settings to write; undefined takes one away. */
export type YamlChanges = Readonly<Record<string, string | number | boolean | undefined>>

/**
 * The text of a YAML file with the changes made in it.
 *
 * @throws Failure `file_unusable` when the text is no YAML map, with file, line and fix
 */
export function mergeYaml(text: string, changes: YamlChanges, path: string): string {
  const document = parseDocument(text, { prettyErrors: true, schema: 'failsafe', customTags: TAGS })
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
    else put(document, name, scalarOf(value))
  }
  const isEmpty = document.contents === null || document.contents.items.length === 0
  if (!isEmpty) return document.toString({ lineWidth: 0 })
  // An empty map would be written as `{}`, which nobody writes by hand.
  const comments = [document.commentBefore, above, document.comment].filter(isText)
  return comments.map((comment) => `${comment.replaceAll(/^/gm, '#')}\n`).join('')
}

/** A value as YAML 1.2 reads it back: in quotes where it would be taken for something else. */
function scalarOf(value: string | number | boolean): Scalar {
  const scalar = new Scalar(String(value))
  const isPlain = typeof value !== 'string' || stringify(value, { lineWidth: 0 }) === `${value}\n`
  scalar.type = isPlain ? 'PLAIN' : 'QUOTE_DOUBLE'
  return scalar
}

/** In place of the value that is there, whose comment stays. */
function put(document: Document.Parsed, name: string, value: Scalar): void {
  const before = document.get(name, true)
  if (isScalar(before)) {
    const { comment, commentBefore, spaceBefore } = before
    Object.assign(value, { comment, commentBefore, spaceBefore })
  }
  document.set(name, value)
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

function isString(value: unknown): boolean {
  return typeof value === 'string'
}

function isText(comment: string | null | undefined): comment is string {
  return comment !== null && comment !== undefined && comment !== ''
}
