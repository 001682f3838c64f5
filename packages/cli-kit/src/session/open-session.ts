import type { Resolution } from '@keywright/client'
import { openApi } from '../api/open-api.ts'
import type { Api, ApiRequest } from '../api/api.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from './context.ts'
import { type Asked, type Login, requireLogin, resolveNow, settingOf, valueOf } from './resolved.ts'

/** The login in force and the API under it. @throws Failure `not_logged_in` */
export function openSession(context: Context, asked: Asked = {}): { login: Login; api: Api } {
  const login = requireLogin(context, asked)
  const api = openApi(context, login)
  const call: Api['call'] = async (route, request?: ApiRequest) => {
    try {
      return await api.call(route, request)
    } catch (error) {
      const isRejected = error instanceof Failure && error.code === 'invalid_credential'
      const renewed = isRejected ? renewedSince(context, asked, login) : undefined
      if (renewed === undefined) throw error
      return openApi(context, renewed).call(route, request)
    }
  }
  return { login, api: { server: api.server, call } }
}

/** The login that another process has stored in the place of this one, for the same server, while this one was at work. */
function renewedSince(context: Context, asked: Asked, login: Login): Login | undefined {
  const { credential, server } = context.brand
  const resolution = resolveNow(context, { ...asked, isOpening: true })
  const now = valueOf(resolution, credential.name)
  const isSame = now === login.credential || valueOf(resolution, server.name) !== login.server
  // Another profile that somebody switched to meanwhile can be another person.
  const isElsewhere = placeOf(context, resolution) !== placeOf(context, login.resolution)
  if (now === undefined || isSame || isElsewhere) return undefined
  return { ...login, credential: now, resolution }
}

/** File and section of a stored credential; undefined for one that nobody can have stored anew. */
function placeOf({ brand }: Context, resolution: Resolution): string | undefined {
  const source = settingOf(resolution, brand.credential.name)?.winner?.source
  return source?.layer === 'files' ? JSON.stringify([source.path, source.section]) : undefined
}
