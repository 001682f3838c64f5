/** In a product that seals, what lies there in plain text is worth another login; on Windows the folder protects it. */
import { keyVariableOf, openSealer, type Resolution, whyNoKeychain } from '@keywright/client'
import { commandText } from '../../session/command-text.ts'
import type { Context } from '../../session/context.ts'
import { storedPlaceOf } from '../../session/place-text.ts'
import { surroundingsOf } from '../../session/surroundings.ts'
import type { Finding } from './finding.ts'

/** Where nothing can seal, the file is the best place there is: that is said, and is no fault of anybody. */
export function findPlain(context: Context, resolution: Resolution): readonly Finding[] {
  const { brand, world, out } = context
  const isSealing = brand.store !== undefined && brand.store.mode !== 'file'
  if (!isSealing || world.platform === 'win32') return []
  if (storedPlaceOf(context, resolution) !== 'file') return []
  const opening = { brand, surroundings: surroundingsOf(world) }
  const trouble = whyNoKeychain(opening)
  const mode = trouble === undefined ? 'keyring' : 'encrypted-file'
  if (trouble !== undefined && !openSealer(mode, opening).ok) {
    out.note(`The stored credential is plain text, because ${trouble.why}.`)
    return []
  }
  const login = `${commandText(context, 'login') ?? 'login'} --store`
  const other = `, or set ${keyVariableOf(brand)} and run it with --store encrypted-file`
  return [
    {
      code: 'plain_text_credential',
      problem: 'the stored credential is plain text, which every program of yours can read',
      fix: `run \`${login} ${mode}\`${mode === 'keyring' ? other : ''}`,
    },
  ]
}
