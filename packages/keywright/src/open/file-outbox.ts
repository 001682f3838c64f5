// Mail as files: for a machine that has no way to send it, and for tests. Each holds a link that makes an account or
// sets a password, so only the owner may read it.

import { randomUUID } from 'node:crypto'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mail, SendMail } from '@keywright/accounts'
import { makeFolder } from './make-folder.ts'

/** Keeps each mail as one file of a folder, which sort by the time they were sent. A file that is there is whole. */
export function fileOutbox(folder: string): SendMail {
  return async (mail) => {
    await makeFolder(folder)
    const name = `${new Date().toISOString().replaceAll(':', '-')}-${randomUUID().slice(0, 8)}.txt`
    const draft = join(folder, `.${name}`)
    const file = await open(draft, 'wx', 0o600)
    try {
      await file.writeFile(textOf(mail))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, join(folder, name))
  }
}

function textOf({ to, subject, text }: Mail): string {
  return `To: ${to}\nSubject: ${subject}\n\n${text}`
}
