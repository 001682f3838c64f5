/** `token inspect`: what a piped or typed secret is, without asking anybody. It is never an argument. */
import { Failure } from '../output/failure.ts'
import { tableLines } from '../output/table.ts'
import { readAll } from '../secret/given-secret.ts'
import { type Look, lookAt } from '../secret/look-at.ts'
import type { Context } from '../session/context.ts'
import { isInteractive, requireSecret } from '../session/interactive.ts'

export async function inspectToken(context: Context): Promise<void> {
  const { brand, line, out, world } = context
  const typed = isInteractive(context)
    ? await requireSecret(context, 'Secret (input hidden): ', '')
    : await readAll(world.stdin)
  const plain = typed.replace(/^\uFEFF/, '').trim()
  const text = plain.replace(/^Bearer +/i, '')
  if (text === '') throw new Failure('malformed_secret', 'There is no secret to look at.')
  const look = lookAt(brand, text, line.hasChecksums === true)
  const { type, kind = null, product = null, shown, isWhole } = look
  const checksum = isWhole === undefined ? [] : [['checksum', isWhole ? 'right' : 'wrong']]
  out.answer(
    { type, kind, product, secret: shown, is_whole: isWhole ?? null },
    tableLines([['secret', shown], ['is', wordsOf(look, brand.client)], ...checksum]),
  )
  if (type === 'foreign' || type === 'unknown') {
    throw new Failure('wrong_secret', `This is no credential of ${brand.client}.`)
  }
  if (isWhole === false) {
    throw new Failure('wrong_secret', 'Its checksum is wrong: a character is missing or mistyped.')
  }
}

function wordsOf({ type, kind, product }: Look, client: string): string {
  if (type === 'kind') return `${kind ?? ''} credential of ${client}`
  if (type === 'jwt') return kind === undefined ? 'a JWT' : `a JWT, which ${client} takes`
  return type === 'foreign' ? `a key of ${product ?? ''}` : 'nothing that is known here'
}
