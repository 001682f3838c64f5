import type { Definition, Kind } from '../definition/definition.ts'
import { isPersonal } from '../definition/definition.ts'
import { scopesAt } from '../decide/reach.ts'
import { isGrant, isGrantedBy } from '../scope/grants.ts'
import { printable } from '../secret/printable.ts'
import type { Acting } from './actor.ts'
import { isMinter } from './actor.ts'
import { checkHolder } from './check-holder.ts'
import type { Metadata } from './key.ts'
import type { ChangeRefused } from './outcome.ts'
import { refused } from './outcome.ts'

export const NAME_LENGTH_MAX = 200
export const METADATA_ENTRIES_MAX = 32
export const METADATA_KEY_LENGTH_MAX = 64
export const METADATA_VALUE_LENGTH_MAX = 512

interface BindingWish {
  readonly request: {
    readonly resource: string
    readonly holder?: string | undefined
    readonly mode?: string | undefined
  }
  readonly parent: Acting | null
}

interface Binding {
  readonly ok: true
  readonly holder: string
  readonly resource: string
  readonly mode: string | null
}

/** Which holder, resource and mode a new key is bound to. */
export function checkBinding(
  definition: Definition,
  kind: Kind,
  { request, parent }: BindingWish,
): Binding | ChangeRefused {
  const { resource } = request
  const held = checkHolder(definition, kind, { request, parent })
  if (!held.ok) return held
  if (parent !== null && !isMinter(kind, parent)) return notMintable(kind, parent)
  // A person's key is made where the person may make keys: in their own space, or where it is bound.
  const places = isPersonal(kind) ? [held.holder, resource] : [resource]
  if (parent !== null && !places.some((place) => scopesAt(parent, place).includes('keys:write'))) {
    const detail =
      parent.reach === undefined
        ? `The minting key is bound to ${parent.resource}, which does not cover ${resource}.`
        : `No role of ${parent.reach.holder} lets this minter make keys at ${resource}.`
    return refused('exceeds_parent', detail)
  }
  const mode = chooseMode(definition, request.mode, parent)
  if (typeof mode === 'object' && mode !== null) return mode
  return { ok: true, holder: held.holder, resource, mode }
}

function notMintable(kind: Kind, parent: Acting): ChangeRefused {
  const by =
    kind.mintedBy.length === 0
      ? 'only the product itself does'
      : `those of kind ${kind.mintedBy.join(', ')} may`
  const detail = `Keys of kind ${parent.kind} may not mint keys of kind ${kind.name}; ${by}.`
  return refused('kind_not_mintable', detail)
}

function chooseMode(
  { modes }: Definition,
  wanted: string | undefined,
  parent: Acting | null,
): string | null | ChangeRefused {
  const [first] = modes
  if (first === undefined) {
    if (wanted === undefined) return null
    return refused('invalid_mode', 'This product has no modes. Leave mode out.')
  }
  const mode = wanted ?? parent?.mode ?? first
  if (!modes.includes(mode)) {
    return refused(
      'invalid_mode',
      `'${printable(mode)}' is no mode. Use one of ${modes.join(', ')}.`,
    )
  }
  if (parent !== null && parent.mode !== undefined && parent.mode !== mode) {
    const detail = `A ${parent.mode} key mints ${parent.mode} keys only. Use a ${mode} key to mint this one.`
    return refused('exceeds_parent', detail)
  }
  return mode
}

interface ScopeWish {
  readonly wanted: readonly string[] | undefined
  readonly parent: Acting | null
}

/** The grants a new key gets. An explicit wish is given whole or refused; without one, the kind's as far as the parent has them. */
export function checkScopes(
  definition: Definition,
  kind: Kind,
  { wanted, parent }: ScopeWish,
): { ok: true; scopes: readonly string[] } | ChangeRefused {
  const declared = definition.scopes
  if (wanted === undefined) return defaultScopes(declared, kind, parent)
  if (wanted.length === 0) {
    return refused(
      'unknown_scope',
      'An empty list of scopes is a key that can do nothing. Leave scopes out for all of the kind.',
    )
  }
  const unknown = wanted.find((grant) => !isGrant(grant, declared))
  if (unknown !== undefined) {
    return refused(
      'unknown_scope',
      `'${printable(unknown)}' is no scope here. Use ${declared.join(', ')}, noun:* or *.`,
    )
  }
  if (!isGrantedBy(wanted, kind.grants, declared)) {
    const detail = `Keys of kind ${kind.name} have at most ${kind.grants.join(', ')}. Ask for less or for another kind.`
    return refused('scope_not_in_kind', detail)
  }
  if (parent !== null && !isWithinParent(wanted, parent, declared)) {
    const detail = `The minting key has ${parent.scopes.join(', ')}; a child cannot have more.`
    return refused('exceeds_parent', detail)
  }
  return { ok: true, scopes: [...new Set(wanted)] }
}

/**
 * Whether a key may give these grants. What it has now is a list of declared scopes; wildcards of a child mean the
 * declared scopes of today, and verification cuts a child to its ancestors anyway when the list grows.
 */
export function isWithinParent(
  wanted: readonly string[],
  parent: Acting,
  declared: readonly string[],
): boolean {
  return declared.every(
    (scope) => parent.scopes.includes(scope) || !wanted.some((grant) => isGrant(grant, [scope])),
  )
}

function defaultScopes(
  declared: readonly string[],
  kind: Kind,
  parent: Acting | null,
): { ok: true; scopes: readonly string[] } | ChangeRefused {
  if (parent === null || isWithinParent(kind.grants, parent, declared)) {
    return { ok: true, scopes: kind.grants }
  }
  const scopes = declared.filter(
    (scope) =>
      parent.scopes.includes(scope) && kind.grants.some((grant) => isGrant(grant, [scope])),
  )
  if (scopes.length > 0) return { ok: true, scopes }
  const detail = `The minting key has none of the scopes of kind ${kind.name}, so its child could do nothing.`
  return refused('exceeds_parent', detail)
}

/** The free texts of a key: bounded, printable. */
export function checkText(text: {
  readonly name?: string | null | undefined
  readonly metadata?: Metadata | null | undefined
}): { ok: true } | ChangeRefused {
  if (typeof text.name === 'string' && !isPrintable(text.name, NAME_LENGTH_MAX)) {
    const detail = `A name has 1 to ${NAME_LENGTH_MAX} characters and no control characters.`
    return refused('invalid_name', detail)
  }
  const entries = Object.entries(text.metadata ?? {})
  const isFitting =
    entries.length <= METADATA_ENTRIES_MAX &&
    entries.every(
      ([key, value]) =>
        isPrintable(key, METADATA_KEY_LENGTH_MAX) &&
        typeof value === 'string' &&
        value.length <= METADATA_VALUE_LENGTH_MAX,
    )
  if (isFitting) return { ok: true }
  const detail = `Metadata has at most ${METADATA_ENTRIES_MAX} texts, keys to ${METADATA_KEY_LENGTH_MAX} and values to ${METADATA_VALUE_LENGTH_MAX} characters.`
  return refused('invalid_metadata', detail)
}

function isPrintable(text: string, lengthMax: number): boolean {
  return text.length >= 1 && text.length <= lengthMax && !/\p{Cc}/u.test(text)
}
