/** `token create --output`: a new token in a new file that only its owner reads, and nowhere else. */
import { resolve } from 'node:path'
import type { Api } from '../api/api.ts'
import { type Fields, fieldsOf, textOf } from '../api/read-answer.ts'
import { secretIn } from '../api/token.ts'
import { reserveSecretFile } from '../files/new-secret-file.ts'
import type { Json } from '../output/output.ts'
import type { Context } from '../session/context.ts'
import { shownPath } from '../session/shown-path.ts'

interface InFile {
  readonly api: Api
  readonly body: Readonly<Record<string, Json>>
  readonly name: string
  /** As it was typed. */
  readonly output: string
}

/** The file comes first: a token whose file cannot be made would be lost, and would count all the same. */
export async function createInFile(
  context: Context,
  { api, body, name, output }: InFile,
): Promise<void> {
  const { brand, out, world } = context
  const path = resolve(world.folder, output)
  const file = await reserveSecretFile(path)
  let made: Fields | undefined
  try {
    made = fieldsOf(await api.call(brand.routes.createKey, { body }))
    await file.write(`${secretIn(made, name)}\n`)
  } catch (error) {
    await file.discard()
    if (made !== undefined) await endUnseen(context, api, made)
    throw error
  }
  out.note(`Made ${name}. It is in ${shownPath(path, world)} (mode 600) and nowhere else.`)
  const id = textOf(made, 'id') ?? null
  out.answer({ id, name, file: path, expires_at: textOf(made, 'expires_at') ?? null }, [])
}

/** A token whose secret nobody has. */
async function endUnseen({ brand, out }: Context, api: Api, made: Fields): Promise<void> {
  const id = textOf(made, 'id')
  const ending = id === undefined ? undefined : api.call(brand.routes.revokeKey, { params: { id } })
  const isEnded = await ending?.then(
    () => true,
    () => false,
  )
  if (isEnded === true) out.note(`Nobody has the secret of ${id}, so it is revoked.`)
  else
    out.warn(`nobody has the secret of ${id ?? 'the new token'}, and it still counts: revoke it.`)
}
