/** Who a credential is, as the server says at `GET /v1/me/scopes`. */
import { type Brand, organizationsIn } from '@keywright/client'
import { Failure } from '../output/failure.ts'
import type { Api } from './api.ts'
import { type Fields, fieldsOf, textOf } from './read-answer.ts'

export interface Organization {
  readonly id: string
  readonly slug: string
  readonly name: string
}

export interface Identity {
  /** For people to read: the person's name, or what the key is bound to. */
  readonly name: string
  readonly email: string | undefined
  readonly organizations: readonly Organization[]
  /** The person's own space as a resource name; undefined for keys without a person. */
  readonly space: string | undefined
  /** Id of the key; undefined for what is none, as a JWT. */
  readonly keyId: string | undefined
  /** Kind of the key, as its server calls it. */
  readonly kind: string | undefined
  /** RFC 3339; undefined when the credential has no end or the server does not say. */
  readonly expiresAt: string | undefined
}

/**
 * Asks who the credential is; that it answers is the live check of a login.
 *
 * @throws Failure `not_this_product` for an answer that names nobody: some other server takes every request
 */
export async function askIdentity(api: Api, brand: Brand): Promise<Identity> {
  const answer = fieldsOf(await api.call(brand.routes.scopes))
  const person = fieldsOf(answer['person'] ?? answer['user'])
  const key = fieldsOf(answer['key'])
  const name =
    textOf(person, 'name', 'email', 'id') ?? textOf(answer, 'name', 'email') ?? keyName(key, answer)
  if (name === undefined) throw namesNobody(api, brand)
  const knowsOrganizations = brand.organization !== undefined || 'organizations' in answer
  return {
    name,
    email: textOf(person, 'email') ?? textOf(answer, 'email'),
    organizations: knowsOrganizations
      ? organizationsIn(answer).map(({ id, slug, name = '' }) => ({ id, slug, name }))
      : [],
    space: textOf(answer, 'personal'),
    keyId: textOf(key, 'id'),
    kind: textOf(key, 'kind') ?? textOf(answer, 'kind'),
    expiresAt: textOf(key, 'expires_at') ?? textOf(answer, 'expires_at'),
  }
}

/** What a key without a person is bound to, and in which mode where there are modes. */
function keyName(key: Fields, answer: Fields): string | undefined {
  const name = textOf(key, 'resource', 'kind') ?? textOf(answer, 'holder', 'resource', 'kind', 'id')
  const mode = textOf(key, 'mode')
  return name === undefined || mode === undefined ? name : `${name}, ${mode} mode`
}

function namesNobody({ server }: Api, { client, server: setting }: Brand): Failure {
  return new Failure('not_this_product', `${server} does not say who this is, as ${client} does.`, {
    hint: `Check the server URL (${setting.variable}).`,
  })
}
