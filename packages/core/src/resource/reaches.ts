import { covers } from './covers.ts'
import { parseResource } from './parse.ts'
import { resolveOwn } from './resolve.ts'

/**
 * Whether a key bound to `own` reaches a resource that a request names. What is asked is text of unknown quality:
 * a name that is not canonical, as `agents/a1/../a2`, lies below nothing, whatever it begins with.
 */
export function reaches(own: string, asked: string): boolean {
  const resource = resolveOwn(asked, own)
  if (resource === undefined || !covers(own, resource)) return false
  // The key's own name is canonical, so only what comes after it needs a look.
  return (
    resource.length === own.length || parseResource(resource.slice(own.length + 1)) !== undefined
  )
}
