import type { Definition, Kind } from '@keywright/core'
import { headOf, limitsOf } from '@keywright/core'

/** What a right definition describes, in lines to read. */
export function checkCommand(file: string, definition: Definition): string[] {
  const { product, kinds, scopes, modes } = definition
  const count = (size: number, one: string, more: string): string =>
    `${size} ${size === 1 ? one : more}`
  const has = [
    count(kinds.size, 'kind of keys', 'kinds of keys'),
    count(scopes.length, 'scope', 'scopes'),
  ]
  const lines = [`${file} describes ${product.name}: ${has.join(', ')}.`]
  for (const kind of kinds.values()) {
    const heads = (modes.length > 0 ? modes : [null]).map((mode) => `${headOf(kind, mode)}_…`)
    const minters =
      kind.mintedBy.length > 0 ? `minted by ${kind.mintedBy.join(', ')}` : 'minted by the product'
    lines.push(
      `  ${kind.name}: ${heads.join(', ')} bound to ${kind.bound.join(' or ')}, ${minters}, may ${kind.grants.join(', ')}`,
    )
    lines.push(...limitLines(definition, kind))
  }
  return lines
}

const PERIODS: ReadonlyMap<number, string> = new Map([
  [1000, 'second'],
  [60_000, 'minute'],
])

/** What the limits of a kind are, mode by mode where modes differ. */
function limitLines({ modes }: Definition, kind: Kind): string[] {
  const texts = (modes.length > 0 ? modes : [null]).map((mode) => {
    const { rates, quotas } = limitsOf(kind, mode)
    const limits = [
      ...rates.map(({ count, periodMs, gcra, sharedDepth }) => {
        const period = PERIODS.get(periodMs) ?? `${periodMs} ms`
        return `${count} a ${period}, ${gcra.burst} at once${sharing(kind, sharedDepth)}`
      }),
      ...quotas.map(({ units, sharedDepth }) => `${units} a month${sharing(kind, sharedDepth)}`),
    ]
    return { mode, text: limits.length === 0 ? 'no limits' : limits.join('; ') }
  })
  const [first] = texts
  const isSame = first === undefined || texts.every(({ text }) => text === first.text)
  const shown = isSame ? [{ mode: null, text: first?.text ?? '' }] : texts
  return shown.map(({ mode, text }) => `    ${mode === null ? '' : `in ${mode} mode `}${text}`)
}

/** For whom one limit counts together: the resource that so much of the pattern names. */
function sharing({ bound: [pattern = ''] }: Kind, sharedDepth: number): string {
  if (sharedDepth === 0) return ' for each key'
  const shared = pattern.split('/').slice(0, sharedDepth / 2)
  return ` for each of ${shared.join('/')} together`
}
