import { DefinitionError } from '@keywright/core'

/** What the operating system says of a place that files cannot be made in. */
const FOLDER_CODES = [
  'ENOENT',
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'EISDIR',
  'ENOSPC',
  'EDQUOT',
]

/** The lines a person sees when a command cannot go on: what happened and the fix, no stack for what is theirs to mend. */
export function explainFailure(error: unknown): string[] {
  if (!(error instanceof Error)) return [`keywright: ${String(error)}`]
  if (error instanceof DefinitionError || hasCode(error, 'invalid_definition')) {
    return [`keywright: ${error.message}`]
  }
  const listening = explainListening(error)
  if (listening !== undefined) return [`keywright: ${listening}`]
  if (FOLDER_CODES.some((code) => hasCode(error, code))) {
    return [
      `keywright: no file can be written: ${error.message}. Set DATA_DIR to a folder that can be written.`,
    ]
  }
  const isOurs = hasCode(error, 'store_unavailable') || ('code' in error && 'fix' in error)
  return isOurs ? [`keywright: ${error.message}`] : [`keywright: ${error.stack ?? error.message}`]
}

function explainListening(error: Error): string | undefined {
  const port = 'port' in error ? ` ${String(error.port)}` : ''
  if (hasCode(error, 'EADDRINUSE')) {
    return `The port${port} is in use. Stop what listens there, or set PORT to another one (0: a free one).`
  }
  if (hasCode(error, 'EACCES') && 'syscall' in error && error.syscall === 'listen') {
    return `The port${port} needs more rights. Set PORT to one above 1023.`
  }
  if (hasCode(error, 'EADDRNOTAVAIL') || hasCode(error, 'ENOTFOUND')) {
    return 'HOST is no address of this machine. Set it to one, as 127.0.0.1 or 0.0.0.0.'
  }
  return undefined
}

function hasCode(error: Error, code: string): boolean {
  return 'code' in error && error.code === code
}
