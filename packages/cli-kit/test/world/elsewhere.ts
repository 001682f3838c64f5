// A person with another device, who approves there what a terminal shows.

import { stripVTControlCharacters } from 'node:util'
import { browse } from './sign-in.ts'

/** A person at another device who reads what the terminal shows and enters the code there. */
export function elsewhere() {
  const shown: string[] = []
  let isApproved = false
  return {
    shown,
    stderr: { isTTY: true, write: (text: string) => shown.push(text) },
    /** Each wait for the next poll is when the person acts. */
    async wait(): Promise<void> {
      if (isApproved) return
      isApproved = true
      const text = stripVTControlCharacters(shown.join(''))
      const page = /^(http\S+)$/m.exec(text)?.[1] ?? ''
      const code = /enter the code (\S+)/.exec(text)?.[1] ?? ''
      await browse(page, code)
    },
  }
}
