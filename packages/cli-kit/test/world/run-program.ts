// Other programs of the machine, with a command line of the tests among them.

import { spawn } from 'node:child_process'
import { join } from 'node:path'

/** The program that plays command lines, and its file. */
export const CLI = [process.execPath, join(import.meta.dirname, 'cli.ts')] as const

/** Runs a program to its end, with what it reads. */
export function runProgram(command: readonly string[], env: Record<string, string>, input = '') {
  const [program = '', ...args] = command
  return new Promise<{ exit: number | null; stdout: string; stderr: string }>((resolve) => {
    const child = spawn(program, args, { env: { PATH: process.env['PATH'], ...env } })
    const ended = { exit: null as number | null, stdout: '', stderr: '' }
    child.stdout.on('data', (chunk: Buffer) => (ended.stdout += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (ended.stderr += chunk.toString()))
    child.once('close', (exit) => resolve({ ...ended, exit }))
    child.stdin.end(input)
  })
}
