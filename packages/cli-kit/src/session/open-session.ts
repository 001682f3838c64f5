import { openApi } from '../api/open-api.ts'
import type { Api, ApiRequest } from '../api/api.ts'
import { Failure } from '../output/failure.ts'
import type { Context } from './context.ts'
import { type Asked, type Login, requireLogin, resolveNow, valueOf } from './resolved.ts'

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

/** The login that another process has stored for the same server while this one was at work. */
function renewedSince(context: Context, asked: Asked, login: Login): Login | undefined {
  const { credential, server } = context.brand
  const resolution = resolveNow(context, asked)
  const now = valueOf(resolution, credential.name)
  const isSame = now === login.credential || valueOf(resolution, server.name) !== login.server
  return now === undefined || isSame ? undefined : { ...login, credential: now, resolution }
}
