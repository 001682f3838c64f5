// The routes about people: organizations, roles, invitations, and what somebody may see of themself.

import type { Door } from '../door/door.ts'
import type { RoutesApp } from './app.ts'
import { acceptInvitationRoute } from './invitation/accept.ts'
import { createInvitationRoute } from './invitation/create.ts'
import { listInvitationsRoute } from './invitation/list.ts'
import { revokeInvitationRoute } from './invitation/revoke.ts'
import { ownScopesRoute } from './me/scopes.ts'
import { changeMemberRoute } from './member/change.ts'
import { grantMemberRoute } from './member/grant.ts'
import { listMembersRoute } from './member/list.ts'
import { removeMemberRoute } from './member/remove.ts'
import { changeOrganizationRoute } from './organization/change.ts'
import { createOrganizationRoute } from './organization/create.ts'
import { listOrganizationsRoute } from './organization/list.ts'
import { showOrganizationRoute } from './organization/show.ts'
import { renamePersonRoute } from './person/rename.ts'
import { showPersonRoute } from './person/show.ts'

export function peopleRoutes(app: RoutesApp, door: Door): void {
  createOrganizationRoute(app, door)
  listOrganizationsRoute(app, door)
  showOrganizationRoute(app, door)
  changeOrganizationRoute(app, door)
  listMembersRoute(app, door)
  grantMemberRoute(app, door)
  changeMemberRoute(app, door)
  removeMemberRoute(app, door)
  createInvitationRoute(app, door)
  listInvitationsRoute(app, door)
  acceptInvitationRoute(app, door)
  revokeInvitationRoute(app, door)
  showPersonRoute(app, door)
  renamePersonRoute(app, door)
  ownScopesRoute(app, door)
}
