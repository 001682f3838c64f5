// Where somebody lands who opens the address that a standalone server prints: at their account. An app that mounts the
// pages has a front door of its own.

import type { PageRoutes } from './mount-pages.ts'
import { pageAt } from './mount-pages.ts'
import { seeOther } from './page.ts'

export const frontDoor: PageRoutes = (app, site) => {
  pageAt(app, site, { url: '/', show: (visit) => seeOther(visit, site.path('/account')) })
}
