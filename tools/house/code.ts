/**
 * Just enough of TypeScript's lexical grammar to tell code from comments and from the inside of
 * strings, templates and regular expressions. What is blanked keeps its lines and its length, so
 * places stay true. A slash begins a regular expression where an operand may stand; that is
 * judged by the token before it, which is right for formatted code and not for every program.
 */

/** Which parts to overwrite with spaces. */
export interface Blanking {
  strings: boolean
}

const OPERAND_WORDS = /(?:^|[^\w$.])(?:return|typeof|case|in|of|do|else|void|delete|await|yield)$/

/** The text with comments, and when asked the inside of literals, turned into spaces. */
export function blankCode(text: string, { strings }: Blanking): string {
  const out = text.split('')
  const braces: Braces = { depth: 0, templates: [] }
  let index = 0
  while (index < text.length) {
    const part = partAt(text, index, { out, braces })
    if (part.kind === 'comment') blank(out, index, part.end)
    if (part.kind === 'literal' && strings) blank(out, index + 1, part.end - part.closing)
    index = part.end
  }
  return out.join('')
}

/** Number of lines that hold code: neither blank nor comment alone. */
export function countCodeLines(text: string): number {
  return blankCode(text, { strings: false })
    .split('\n')
    .filter((line) => line.trim() !== '').length
}

/** The specifiers of all imports and re-exports, static and dynamic with a literal. */
export function importSpecifiers(text: string): string[] {
  const code = blankCode(text, { strings: false })
  const shape = /\b(?:from|import)\s*\(?\s*(['"])([^'"\n]+)\1/g
  const bare = blankCode(text, { strings: true })
  const found: string[] = []
  for (const match of code.matchAll(shape)) {
    // Text inside a literal looks like an import too: there the keyword has been blanked.
    if (bare.slice(match.index, match.index + 4).trim() !== '') found.push(match[2] ?? '')
  }
  return found
}

/** Braces that are open, and the depths at which templates wait for their `}`. */
interface Braces {
  depth: number
  templates: number[]
}

type Part =
  | { kind: 'code' | 'comment'; end: number }
  | { kind: 'literal'; end: number; closing: number }

function blank(out: string[], from: number, to: number): void {
  for (let at = from; at < to; at += 1) if (out[at] !== '\n') out[at] = ' '
}

function partAt(text: string, index: number, state: { out: string[]; braces: Braces }): Part {
  const char = text.charAt(index)
  const { templates, depth } = state.braces
  if (char === '"' || char === "'") {
    return { kind: 'literal', end: endOfQuoted(text, index, char), closing: 1 }
  }
  if (char === '/') return partAtSlash(text, index, state.out)
  if (char === '`') return templatePart(text, index, state.braces)
  if (char === '}' && templates.at(-1) === depth) {
    templates.pop()
    return templatePart(text, index, state.braces)
  }
  if (char === '{') state.braces.depth += 1
  if (char === '}') state.braces.depth -= 1
  return { kind: 'code', end: index + 1 }
}

function partAtSlash(text: string, index: number, out: readonly string[]): Part {
  const next = text[index + 1]
  if (next === '/' || next === '*') return { kind: 'comment', end: endOfComment(text, index) }
  if (!operandMayStand(out, index)) return { kind: 'code', end: index + 1 }
  return { kind: 'literal', end: endOfRegExp(text, index), closing: 1 }
}

function templatePart(text: string, index: number, braces: Braces): Part {
  const end = endOfTemplatePart(text, index + 1)
  const opens = text[end - 1] === '{'
  if (opens) braces.templates.push(braces.depth)
  return { kind: 'literal', end, closing: opens ? 2 : 1 }
}

function endOfComment(text: string, start: number): number {
  const closing = text[start + 1] === '*' ? '*/' : '\n'
  const end = text.indexOf(closing, start + 2)
  if (end === -1) return text.length
  return closing === '\n' ? end : end + 2
}

function endOfQuoted(text: string, start: number, quote: string): number {
  let index = start + 1
  while (index < text.length && text[index] !== quote && text[index] !== '\n') {
    index += text[index] === '\\' ? 2 : 1
  }
  return index + 1
}

function endOfRegExp(text: string, start: number): number {
  let index = start + 1
  let inClass = false
  while (index < text.length && text[index] !== '\n' && (inClass || text[index] !== '/')) {
    if (text[index] === '[') inClass = true
    if (text[index] === ']') inClass = false
    index += text[index] === '\\' ? 2 : 1
  }
  return index + 1
}

/** The place after the closing backtick or after the `${` that interrupts the template. */
function endOfTemplatePart(text: string, start: number): number {
  let index = start
  while (index < text.length) {
    if (text[index] === '`') return index + 1
    if (text[index] === '$' && text[index + 1] === '{') return index + 2
    index += text[index] === '\\' ? 2 : 1
  }
  return text.length
}

function operandMayStand(out: readonly string[], index: number): boolean {
  let at = index - 1
  while (at >= 0 && /\s/.test(out[at] ?? '')) at -= 1
  if (at < 0) return true
  if (/[^\w$)\]}'"`/]/.test(out[at] ?? '')) return true
  return OPERAND_WORDS.test(out.slice(Math.max(0, at - 12), at + 1).join(''))
}
