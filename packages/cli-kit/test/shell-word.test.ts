import { spawnSync } from 'node:child_process'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shellWord } from '../src/session/shell-word.ts'

/** Letters, and what means something to a shell. */
const SHELL = 'ab\'"`$(){};&|<>*?~#!\\ \n-='

test('a text in a command that is there to be pasted is one word to a shell, and nothing else', () => {
  const shells = fc.string({ unit: fc.constantFrom(...SHELL.split('')) })
  const words = fc.array(fc.oneof(shells, fc.string()).map((text) => text.replaceAll('\0', '')))
  fc.assert(
    fc.property(words, (texts) => {
      const command = `printf '%s\\0' ${texts.map(shellWord).join(' ')}`
      const [shell, ...args] = ['sh', '-c', command]
      const { stdout } = spawnSync(shell, args, { encoding: 'utf8', cwd: '/', env: {} })
      expect(stdout).toBe(texts.length === 0 ? '\0' : `${texts.join('\0')}\0`)
    }),
    { numRuns: 50 },
  )
})

test('ids and addresses stand there as they are', () => {
  for (const text of ['tok_1', 'https://api.acme.example:8443', 'runs:write'])
    expect(shellWord(text)).toBe(text)
})
