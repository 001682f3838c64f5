import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Definition } from '@keywright/core'
import { DefinitionError } from '@keywright/core'
import { StartError } from '../open/start-error.ts'

/**
 * Loads a definition file: TypeScript or JavaScript whose default export comes from `defineAuthority`.
 * @throws DefinitionError when the definition is wrong; StartError when the file cannot be used at all
 */
export async function loadDefinition(file: string): Promise<Definition> {
  const path = resolve(file)
  if (!existsSync(path)) {
    const fix = `Name another file, or write one with: npx keywright init ${file}`
    throw new StartError('definition_unreadable', `There is no file ${file}.`, fix)
  }
  const loaded = await importFile(file, path)
  const definition: unknown = loaded['default']
  if (isDefinition(definition)) return definition
  const fix = 'Write: export default defineAuthority({ … })'
  throw new StartError(
    'definition_unreadable',
    `${file} has no definition as its default export.`,
    fix,
  )
}

async function importFile(file: string, path: string): Promise<Record<string, unknown>> {
  try {
    return (await import(pathToFileURL(path).href)) as Record<string, unknown>
  } catch (error) {
    if (error instanceof DefinitionError || isDefinitionError(error)) throw error
    const reason = error instanceof Error ? error.message : 'it throws'
    const line = error instanceof Error ? lineIn(path, error) : undefined
    const where = line === undefined ? file : `${file}, line ${line},`
    const look = `then look with: npx keywright check ${file}`
    const missing = /^Cannot find package '([^']+)'/.exec(reason)?.[1]
    const fix =
      missing === undefined
        ? `Mend the file, ${look}`
        : `Install ${missing} in the folder of the file or one above it, or move the file to where it is, ${look}`
    throw new StartError('definition_unreadable', `${where} cannot be loaded: ${reason}.`, fix)
  }
}

// Node names the place in the stack: before it for what it cannot parse, in it for what throws.
function lineIn(path: string, { stack = '' }: Error): string | undefined {
  const at = stack.indexOf(`${path}:`)
  return at === -1 ? undefined : /^\d+/.exec(stack.slice(at + path.length + 1))?.[0]
}

// The file may have loaded another copy of this package; the code tells all the same.
function isDefinitionError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'invalid_definition'
}

function isDefinition(value: unknown): value is Definition {
  return typeof value === 'object' && value !== null && 'kinds' in value && 'heads' in value
}
