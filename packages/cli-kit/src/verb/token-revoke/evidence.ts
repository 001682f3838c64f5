/**
 * What is known of a token before it ends: when it was used, and what ends with it. One that was used a moment ago has a
 * program behind it that stops.
 */
import { type Token, titleOf } from '../../api/token.ts'
import { Failure } from '../../output/failure.ts'
import { agoOf } from '../../session/ago.ts'
import { commandText } from '../../session/command-text.ts'
import type { Context } from '../../session/context.ts'
import { confirm, isInteractive } from '../../session/interactive.ts'
import { shellWord } from '../../session/shell-word.ts'

/** Used since then, it is in use. */
const IN_USE_MS = 3_600_000

/**
 * Shows it on a terminal, and asks there before something in use ends. A script is only warned.
 *
 * @throws Failure `failed` when the person would rather not
 */
export async function weighEvidence(
  context: Context,
  token: Token,
  made: readonly Token[],
): Promise<void> {
  const { line, out, world, isYes } = context
  // A strict product says what its documentation says and no more.
  if (line.isStrict === true) return
  const now = world.now()
  const used = [token, ...made].filter(({ lastUsedAt }) => isInUse(lastUsedAt, now))
  if (!isInteractive(context)) {
    if (!isYes) for (const each of used) out.warn(`${titleOf(each)} ${useOf(each, now)}.`)
    return
  }
  for (const each of [token, ...made]) {
    const below = each === token ? '' : `, made with ${titleOf(token)}, ends with it and`
    out.note(`${titleOf(each)} (${each.id})${below} ${useOf(each, now)}.`)
  }
  if (used.length === 0 || isYes) return
  const rotate = commandText(context, 'token rotate')
  if (rotate !== undefined) {
    out.show(`For a new secret without a gap: ${rotate} ${shellWord(token.id)} --overlap 1h`)
  }
  const names = used.map(titleOf).join(', ')
  if (await confirm(context, `What uses ${names} stops. Revoke ${titleOf(token)}?`)) return
  throw new Failure('failed', 'Nothing was revoked.')
}

function isInUse(lastUsedAt: string | undefined, now: number): boolean {
  return lastUsedAt !== undefined && now - Date.parse(lastUsedAt) < IN_USE_MS
}

function useOf({ lastUsedAt }: Token, now: number): string {
  if (lastUsedAt === undefined) return 'has no use that is known'
  return `was used ${agoOf(now - Date.parse(lastUsedAt))}`
}
