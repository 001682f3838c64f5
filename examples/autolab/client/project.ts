import type { Answer, Client, Pages } from '@keywright/client'
import type { Member, Node, Project, Role, UsedKey } from './answers.ts'

const PATH = '/v1/projects/{owner}/{name}'

/** One project, by its name `alice/nanochat`. Making one of these asks for nothing. */
export class ProjectCalls {
  readonly #client: Pick<Client, 'call' | 'pages'>
  readonly #params: { readonly owner: string; readonly name: string }

  constructor(client: Pick<Client, 'call' | 'pages'>, project: string) {
    const [owner = '', name = '', ...rest] = project.split('/')
    if (owner === '' || name === '' || rest.length > 0) {
      throw new TypeError(`'${project}' is no project: write OWNER/NAME`)
    }
    this.#client = client
    this.#params = { owner, name }
  }

  get(): Answer<Project> {
    return this.#client.call(`GET ${PATH}`, { params: this.#params })
  }

  /** Makes a machine an execution node, or says that the node of this name still is one. */
  registerNode(name: string): Answer<Node> {
    return this.#client.call(`POST ${PATH}/nodes`, {
      params: this.#params,
      body: { name },
      isRepeatable: true,
    })
  }

  nodes(): Pages<Node> {
    return this.#client.pages(`GET ${PATH}/nodes`, { params: this.#params })
  }

  members(): Pages<Member> {
    return this.#client.pages(`GET ${PATH}/members`, { params: this.#params })
  }

  /** Gives somebody a role here, in place of the one they had. */
  setRole(handle: string, role: Role): Answer<Member> {
    const params = { ...this.#params, handle }
    return this.#client.call(`PUT ${PATH}/members/{handle}`, { params, body: { role } })
  }

  removeMember(handle: string): Answer<undefined> {
    const params = { ...this.#params, handle }
    return this.#client.call(`DELETE ${PATH}/members/{handle}`, { params })
  }

  /** @param key name or beginning of the id of a provider key; null for the platform's own */
  useProviderKey(key: string | null, model?: string): Answer<UsedKey> {
    return this.#client.call(`PUT ${PATH}/provider-key`, {
      params: this.#params,
      body: { key, model },
    })
  }
}
