// A map of settings in YAML 1.2. The parser comes in as a parameter: it is loaded only when there is a file to read.

import type * as YamlModule from 'yaml'
import type { Entries, Entry, Parsed } from './entries.ts'
import { malformed } from './entries.ts'

type Yaml = typeof YamlModule

const FIX = "write one 'setting: value' a line"

// What the parser finds, in our words: its own messages quote the text, and there are secrets in it.
const PROBLEMS: Readonly<Record<string, string>> = {
  DUPLICATE_KEY: 'names a setting twice',
  MULTIPLE_DOCS: 'has more than one document in it',
  TAB_AS_INDENT: 'is indented with a tab',
  BAD_ALIAS: 'refers to something that is not there',
}

/** Reads `setting: value` lines. An empty file has no settings; values that are empty count as not given. */
export function parseYaml(yaml: Yaml, text: string): Parsed<Entries> {
  const lines = new yaml.LineCounter()
  // Aliases resolve at conversion alone, so none of the scalars read here can grow out of proportion.
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const error = document.errors[0]
  if (error !== undefined) {
    const problem = PROBLEMS[error.code] ?? 'is not YAML; it may have been written in part only'
    const fix = error.code === 'DUPLICATE_KEY' ? 'delete one of the two lines' : FIX
    return malformed(problem, fix, lines.linePos(error.pos[0]).line)
  }
  const root = document.contents
  if (root === null || (yaml.isScalar(root) && root.value === null)) {
    return { ok: true, value: new Map() }
  }
  if (!yaml.isMap(root)) {
    return malformed('is not a map of settings; it may have been written in part only', FIX, 1)
  }
  const entries = new Map<string, Entry>()
  for (const { key, value } of root.items) {
    const line = yaml.isNode(key) && key.range ? lines.linePos(key.range[0]).line : undefined
    if (!yaml.isScalar(key)) return malformed('has a name that is not text', FIX, line)
    entries.set(String(key.value), { line, ...valueOf(yaml, value) })
  }
  return { ok: true, value: entries }
}

function valueOf(yaml: Yaml, node: unknown): Pick<Entry, 'value' | 'text'> {
  if (node === null) return { value: null, text: undefined }
  if (!yaml.isScalar(node)) return { value: yaml.isSeq(node) ? [] : {}, text: undefined }
  const isPlain = node.type === 'PLAIN' && node.value !== null
  return { value: node.value, text: isPlain ? node.source : undefined }
}
