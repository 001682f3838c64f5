// Somebody with a browser that has no scripts: keeps cookies, reads pages, fills in their forms.

import type { KeywrightServer } from '@keywright/server'
import { expect } from 'vitest'

export interface Shown {
  readonly status: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly text: string
}

export class Reader {
  readonly #app: KeywrightServer
  readonly #origin: string
  readonly #cookies = new Map<string, string>()
  #page: Shown = { status: 0, headers: {}, text: '' }

  constructor(app: KeywrightServer, origin: string) {
    this.#app = app
    this.#origin = origin
  }

  get page(): Shown {
    return this.#page
  }

  /** The heading of the page. */
  get heading(): string {
    return /<h1>\s*([^<]*?)\s*<\/h1>/.exec(this.#page.text)?.[1] ?? ''
  }

  /** Where the answer leads. */
  get location(): string {
    const { location } = this.#page.headers
    return typeof location === 'string' ? location : ''
  }

  get cookieHeader(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  async open(url: string): Promise<Shown> {
    return this.#ask('GET', url.startsWith(this.#origin) ? url.slice(this.#origin.length) : url)
  }

  /**
   * Sends the form of the page with this action, and with the values of its hidden fields.
   * @param to somewhere else, as a script does
   */
  async send(
    action: string,
    fields: Readonly<Record<string, string>> = {},
    to = action,
  ): Promise<Shown> {
    const form = this.#page.text
      .split(/<form\s/)
      .slice(1)
      .find((each) => /action="([^"]*)"/.exec(each)?.[1] === action)
    expect(form, `a form for ${action} on '${this.heading}'`).toBeDefined()
    const hidden = [
      ...(form?.split('</form>')[0] ?? '').matchAll(
        /<input\s+type="hidden"\s+name="([^"]*)"\s+value="([^"]*)"/g,
      ),
    ]
    const values = hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')])
    return this.#ask('POST', to, { ...Object.fromEntries(values), ...fields })
  }

  /** Follows redirects to the page at their end. */
  async follow(): Promise<Shown> {
    while (this.#page.status === 303) await this.open(this.location)
    return this.#page
  }

  async #ask(
    method: 'GET' | 'POST',
    url: string,
    fields?: Readonly<Record<string, string>>,
  ): Promise<Shown> {
    const answer = await this.#app.inject({
      method,
      url,
      headers: {
        accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
        ...(this.#cookies.size > 0 ? { cookie: this.cookieHeader } : {}),
        ...(fields === undefined
          ? {}
          : {
              origin: this.#origin,
              'sec-fetch-site': 'same-origin',
              'content-type': 'application/x-www-form-urlencoded',
            }),
      },
      ...(fields === undefined ? {} : { payload: new URLSearchParams(fields).toString() }),
    })
    for (const cookie of [answer.headers['set-cookie'] ?? []].flat()) {
      const [pair = '', ...rest] = cookie.split('; ')
      const [name = '', value = ''] = pair.split('=')
      if (rest.includes('Max-Age=0')) this.#cookies.delete(name)
      else this.#cookies.set(name, value)
    }
    this.#page = { status: answer.statusCode, headers: answer.headers, text: answer.body }
    return this.#page
  }
}
