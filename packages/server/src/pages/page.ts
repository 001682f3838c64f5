// The frame of every page, and the one place that sends pages.

import type { Session } from '@keywright/contract'
import { attributes } from './attributes.ts'
import { form } from './form.ts'
import type { Content, Html } from './html.ts'
import { html } from './html.ts'
import { pageHeaders } from './page-headers.ts'
import type { Visit } from './visit.ts'

export interface Page {
  /** The heading; the browser's title names the product besides. */
  readonly title: string
  readonly body: Content
  readonly status?: number
  /** Where a form of this page may lead besides this site. */
  readonly formTargets?: readonly string[]
  /** Something went wrong: the title says so first, for those who hear it. */
  readonly isWrong?: boolean
  /** Wide pages have sections; the others have one form in the middle. */
  readonly isWide?: boolean
  /** Who is signed in: then every page offers to sign out (ASVS 7.4.4). */
  readonly session?: Session | undefined
  readonly script?: 'passkey' | 'invitation'
  /** Goes on to there by itself, where a redirect will not do; the body has the same as a link. https or loopback. */
  readonly onwardTo?: string
}

/** A whole document. */
function page(visit: Visit, { title, body, ...more }: Page): Html {
  const { site } = visit
  const { assets, productName } = site
  const script = more.script && assets[more.script].href
  const onward = more.onwardTo === undefined ? undefined : `0; url=${more.onwardTo}`
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${more.isWrong === true && 'Error: '}${title} · ${productName}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" type="image/svg+xml" href="${assets.icon.href}" />
        <link rel="stylesheet" href="${assets.style.href}" />
        ${onward !== undefined && html`<meta http-equiv="refresh" content="${onward}" />`}
        ${script !== undefined && html`<script type="module" src="${script}"></script>`}
      </head>
      <body ${attributes({ class: more.isWide === true ? 'wide' : 'narrow' })}>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="site">
          <a href="${site.path('/account')}">${productName}</a>
          ${more.session !== undefined && signOutForm(visit)}
        </header>
        <main id="main">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html>`
}

function signOutForm(visit: Visit): Html {
  const action = visit.site.path('/sign-out')
  return form(visit, { action, submit: 'Sign out', isQuiet: true, isInline: true })
}

/** Answers with a page. */
export function sendPage(visit: Visit, content: Page): unknown {
  const { site, reply } = visit
  const { status = 200, formTargets } = content
  reply.code(status).headers(pageHeaders(site.isHttps, formTargets))
  // Bytes: the answer of a page is not for a serializer.
  return reply.send(Buffer.from(page(visit, content).toString()))
}

/** Goes on to a page of ours with GET, after a form was sent (RFC 9110 section 15.4.4). */
export function seeOther({ reply }: Pick<Visit, 'reply'>, path: string): unknown {
  return reply.code(303).header('location', path).send()
}
