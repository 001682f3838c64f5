// What a program calls AutoLab with: `AutoLab.fromEnv()` takes AUTOLAB_TOKEN, or what `autolab login` has stored.

import type { Answer, Pages } from '@keywright/client'
import { clientFor, Secret } from '@keywright/client'
import brand from './brand.ts'
import type { Project, Scopes, Token } from './client/answers.ts'
import { ProjectCalls } from './client/project.ts'

export type { Member, Node, Project, Role, Scopes, Token, UsedKey } from './client/answers.ts'
export type { ProjectCalls } from './client/project.ts'
export {
  APIError,
  AuthenticationError,
  ConfigError,
  ConnectionError,
  PermissionDeniedError,
  Secret,
} from '@keywright/client'

export interface NewToken {
  readonly name: string
  /** Default: all that the caller may do. */
  readonly scopes?: readonly string[]
  /** Seconds. Default: it lives until it is revoked, or what made it is. */
  readonly expiresIn?: number
}

export class AutoLab extends clientFor(brand) {
  readonly me = {
    scopes: (): Answer<Scopes> => this.call('GET /v1/me/scopes'),
  }

  readonly tokens = {
    /** The secret is in this answer only. */
    create: ({ expiresIn, ...body }: NewToken) =>
      this.call<Token & { readonly token: string }>('POST /v1/tokens', {
        body: { ...body, expires_in: expiresIn },
      }).map((made) => ({ ...made, token: new Secret(made.token) })),
    list: (): Pages<Token> => this.pages('GET /v1/tokens'),
    /** Ends a token and all that were made with it. Two that fit are refused. */
    revoke: (nameOrIdPrefix: string): Answer<Token> =>
      this.call('DELETE /v1/tokens/{token}', { params: { token: nameOrIdPrefix } }),
  }

  readonly projects = {
    create: (name: string): Answer<Project> => this.call('POST /v1/projects', { body: { name } }),
    /** One's own, and those where somebody gave one a role. */
    list: (): Pages<Project> => this.pages('GET /v1/projects'),
  }

  /** @param name as `alice/nanochat` */
  project(name: string): ProjectCalls {
    return new ProjectCalls(this, name)
  }
}
