// Between Keywright's people and AutoLab's handles.

import type { AutolabAuthority, AutolabPrincipal } from './api.ts'
import type { Handles } from './data/handles.ts'

/** A role that somebody holds in a project. */
export interface ProjectRole {
  readonly owner: string
  readonly name: string
  readonly role: string
}

export class People {
  readonly #authority: AutolabAuthority
  readonly #handles: Handles

  constructor(authority: AutolabAuthority, handles: Handles) {
    this.#authority = authority
    this.#handles = handles
  }

  /** The handle of whom a credential acts as. */
  async handleOf({ holder }: AutolabPrincipal): Promise<string> {
    return this.handleOfPerson(personIdOf(holder))
  }

  async handleOfPerson(personId: string): Promise<string> {
    const shown = await this.#authority.people.show(personId)
    if (!shown.ok) throw new Error(`no person ${personId}: ${shown.detail}`)
    return this.#handles.of(shown.person)
  }

  /** The roles that others gave somebody in their projects. */
  async rolesOf({ holder }: AutolabPrincipal): Promise<ProjectRole[]> {
    const held = await this.#authority.members.of(personIdOf(holder))
    if (!held.ok) return []
    return Promise.all(
      held.memberships.map(async ({ resource, role }) => {
        const [, owner = '', , name = ''] = resource.split('/')
        return { owner: await this.handleOfPerson(owner), name, role }
      }),
    )
  }
}

function personIdOf(space: string): string {
  return space.split('/')[1] ?? ''
}
