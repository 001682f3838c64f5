/** What a credential and the person behind it may do, as the server says at `GET /v1/me/scopes`. */
import type { Brand } from '@keywright/client'
import type { Api } from './api.ts'
import { type Fields, fieldsOf, rowsOf, textOf } from './read-answer.ts'

export interface Reach {
  /** Of the credential itself, where the server tells them apart. */
  readonly own: readonly string[]
  /** Of whoever is behind it. */
  readonly all: readonly string[]
  /** Where the person has which role. */
  readonly roles: readonly { readonly name: string; readonly role: string }[]
}

export async function askReach(api: Api, brand: Brand): Promise<Reach> {
  const answer = fieldsOf(await api.call(brand.routes.scopes))
  const all = textsIn(answer, 'scopes')
  const key = fieldsOf(answer['key'])
  const roles = rowsOf(answer['organizations']).flatMap((row) => {
    const [name, role] = [textOf(row, 'name', 'slug', 'id'), textOf(row, 'role')]
    return name === undefined || role === undefined ? [] : [{ name, role }]
  })
  return { own: 'scopes' in key ? textsIn(key, 'scopes') : all, all, roles }
}

/** Whether scopes hold each of those that are wanted: by name, by `noun:*`, or all by `*`. */
export function holds(scopes: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((scope) => {
    const [noun = ''] = scope.split(':')
    return [scope, `${noun}:*`, '*'].some((each) => scopes.includes(each))
  })
}

function textsIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name]
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : []
}
