/** `keywright explain`: why a key is allowed or refused, term by term, with what would mend it. */
import { type Given, type OwnContext, textFlag } from '@keywright/cli-kit'
import { Keywright } from '../client/keywright.ts'
import { keyIdOf } from './keys/key-id.ts'

const WORDS = { holds: 'holds', fails: 'FAILS', not_asked: 'not asked' } as const

export async function explainKey(own: OwnContext, given: Given): Promise<void> {
  const ask = {
    scope: textFlag(given, 'scope'),
    resource: textFlag(given, 'resource'),
    mode: textFlag(given, 'mode'),
  }
  const { key_id, allowed, code, terms } = await own
    .client(Keywright)
    .keys.explain(given.argument === undefined ? undefined : keyIdOf(given), ask)
  const rows = terms.map(({ term, verdict, detail = '' }) => [term, WORDS[verdict], detail])
  const fixes = terms.flatMap(({ fix }) => (fix === undefined ? [] : [`fix: ${fix}`]))
  own.answer({ key_id, allowed, code, terms: terms.map((term) => ({ ...term })) }, [
    allowed ? 'allowed' : `refused: ${code}`,
    ...own.table(rows),
    ...fixes,
  ])
}
