import { tableLines } from '../../output/table.ts'
import type { Context } from '../../session/context.ts'
import { commandText } from '../../session/command-text.ts'
import { namesPath } from '../../session/login-names.ts'
import { shownPath } from '../../session/shown-path.ts'
import { lockPathOf } from '../../store/change-file.ts'
import { hasNamesFor } from '../completion/words.ts'
import { pendingPath } from '../login/pending.ts'

interface FileRow {
  readonly path: string
  readonly about: string
}

/** Every file that a command reads or writes, where it lies with the variables as they are. */
export function explainFiles(context: Context): void {
  const { out, world } = context
  const rows = filesOf(context)
  out.answer(
    rows.map(({ path, about }) => ({ path, about, exists: world.exists(path) })),
    tableLines(
      rows.map(({ path, about }) => [
        shownPath(path, world),
        about,
        world.exists(path) ? '' : '(not there)',
      ]),
    ),
  )
}

function filesOf(context: Context): readonly FileRow[] {
  const { places, line, world } = context
  if (places === undefined) return []
  const { settings, credentials, single } = places
  const secret = single ?? credentials
  const isApart = single === undefined && settings !== credentials
  const isByCode = line.login.way === 'browser'
  const hasNames = hasNamesFor(line) && commandText(context, 'completion') !== undefined
  return [
    { path: secret, about: 'the login: owner-only' },
    ...(isApart ? [{ path: settings, about: 'settings, which people write too' }] : []),
    { path: lockPathOf(secret), about: 'there while a command writes' },
    ...(isByCode
      ? [
          {
            path: pendingPath(context),
            about: 'a login between --start and --complete: owner-only',
          },
        ]
      : []),
    ...(hasNames
      ? [{ path: namesPath(line.name, world), about: 'names of logins, for completion' }]
      : []),
  ]
}
