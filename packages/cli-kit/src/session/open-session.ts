import { openApi } from '../api/open-api.ts'
import type { Api } from '../api/api.ts'
import type { Context } from './context.ts'
import { type Asked, type Login, requireLogin } from './resolved.ts'

/** The login in force and the API under it. @throws Failure `not_logged_in` */
export function openSession(context: Context, asked: Asked = {}): { login: Login; api: Api } {
  const login = requireLogin(context, asked)
  return { login, api: openApi(context, login) }
}
