// Who holds a new key. A key of a resource is held by that resource; a personal key by a person, and then the resource
// says how far it reaches: the person's own space means wherever they do, any other resource that and what is below.

import type { Definition, Kind } from '../definition/definition.ts'
import { isPersonal } from '../definition/definition.ts'
import { PEOPLE } from '../person/person.ts'
import { hasOwnMarker, parseResource } from '../resource/parse.ts'
import { printable } from '../secret/printable.ts'
import type { Acting } from './actor.ts'
import type { ChangeRefused } from './outcome.ts'
import { refused } from './outcome.ts'

interface HolderWish {
  readonly request: { readonly resource: string; readonly holder?: string | undefined }
  readonly parent: Acting | null
}

type Held = { readonly ok: true; readonly holder: string } | ChangeRefused

/** The holder of a new key, or why there can be none. */
export function checkHolder(definition: Definition, kind: Kind, wish: HolderWish): Held {
  if (isPersonal(kind)) return checkPersonal(definition, kind, wish)
  const { resource, holder = resource } = wish.request
  if (!kind.bound.includes(patternOf(resource) ?? '')) return invalidResource(kind, resource)
  if (holder === resource) return { ok: true, holder }
  return refused('invalid_resource', `A ${kind.name} key at ${resource} is held by ${resource}.`)
}

function checkPersonal(definition: Definition, kind: Kind, { request, parent }: HolderWish): Held {
  const { resource } = request
  const pattern = patternOf(resource)
  if (pattern === undefined || !definition.patterns.has(pattern)) {
    return invalidResource(kind, resource)
  }
  const holder = request.holder ?? parent?.reach?.holder ?? resource
  if (patternOf(holder) !== PEOPLE) return invalidResource(kind, holder)
  if (pattern === PEOPLE && holder !== resource) {
    const detail = `A ${kind.name} key at ${resource} would be held by that person alone.`
    return refused(parent === null ? 'invalid_resource' : 'exceeds_parent', detail)
  }
  if (parent === null || parent.reach?.holder === holder) return { ok: true, holder }
  const detail = 'Only a person, or a key of theirs, makes keys of that person.'
  return refused('exceeds_parent', detail)
}

function patternOf(resource: string): string | undefined {
  const parts = parseResource(resource)
  return parts === undefined || hasOwnMarker(parts) ? undefined : parts.pattern
}

function invalidResource(kind: Kind, resource: string): ChangeRefused {
  const where = isPersonal(kind)
    ? 'users/{id} or, with the person as holder, any resource'
    : kind.bound.map(exampleOf).join(' or ')
  const detail = `'${printable(resource)}' is no resource for keys of kind ${kind.name}: they are bound to ${where}.`
  return refused('invalid_resource', detail)
}

function exampleOf(pattern: string): string {
  return pattern
    .split('/')
    .map((collection) => `${collection}/{id}`)
    .join('/')
}
