// A program at a real pseudo-terminal, which `script` of util-linux opens: what a person sees and types.

import { spawn, spawnSync } from 'node:child_process'
import { onTestFinished } from 'vitest'

/** Of util-linux; in Debian's bsdutils. */
const OPENER = 'script'

/** Whether this machine can open one; CI must be able to. */
export const HAS_TERMINAL: boolean = spawnSync(OPENER, ['--version']).status === 0

export const IS_TERMINAL_REQUIRED: boolean = process.env['KEYWRIGHT_REQUIRE_TERMINAL'] === '1'

export interface Terminal {
  /** Resolves when the screen has shown this since the last call. */
  sees(text: string): Promise<void>
  type(text: string): void
  /** All that was shown, when the program has ended. */
  ended(): Promise<string>
}

/** @param command for `sh`, whose environment is the minimal one with `env` */
export function openTerminal(command: string, env: Readonly<Record<string, string>>): Terminal {
  const child = spawn(OPENER, ['-qefc', command, '/dev/null'], {
    env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm', SHELL: '/bin/sh', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let screen = ''
  let seen = 0
  let onShown: () => void = () => undefined
  child.stdout.on('data', (chunk: Buffer) => {
    screen += chunk.toString()
    onShown()
  })
  const closed = new Promise<string>((resolve) => child.once('close', () => resolve(screen)))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await closed
  })
  return {
    sees(text) {
      return new Promise((resolve) => {
        onShown = () => {
          const at = screen.indexOf(text, seen)
          if (at < 0) return
          seen = at + text.length
          onShown = () => undefined
          resolve()
        }
        onShown()
      })
    },
    type: (text) => void child.stdin.write(text),
    ended: () => closed,
  }
}
