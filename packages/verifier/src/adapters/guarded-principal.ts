import type { Principal } from '@keywright/core'

/**
 * The principal that a guard put on a request, typed by the definition the guard was made from. For frameworks whose
 * request type is one for the whole program and cannot know the definition.
 * @throws TypeError where no guard ran: a mistake of the program, and nobody must be taken for anybody
 */
export function guardedPrincipal<Kinds extends string, Mode extends string>(request: {
  readonly principal?: Principal
}): Principal<Kinds, Mode> {
  if (request.principal === undefined) throw new TypeError('No guard ran before this handler.')
  return request.principal as Principal<Kinds, Mode>
}
