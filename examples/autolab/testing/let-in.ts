// Somebody with a browser that has no scripts: goes where a login sends them, signs in, and lets the program in.

/** Who signs in, and the code that is typed where a page asks for one. */
export interface Person {
  readonly email: string
  readonly password: string
  readonly userCode?: string
}

const STEPS_MAX = 20

interface Step {
  readonly url: string
  readonly form?: URLSearchParams
}

/** Resolves when the browser has come to a page where there is nothing more to do. */
export async function letIn(start: string, person: Person): Promise<void> {
  const cookies = new Map<string, string>()
  let next: Step | undefined = { url: start }
  for (let steps = 0; next !== undefined && steps < STEPS_MAX; steps += 1) {
    next = await step(next, cookies, person)
  }
}

async function step(
  { url, form }: Step,
  cookies: Map<string, string>,
  person: Person,
): Promise<Step | undefined> {
  const { origin } = new URL(url)
  const response = await fetch(url, {
    redirect: 'manual',
    headers: {
      accept: 'text/html',
      cookie: [...cookies].map((pair) => pair.join('=')).join('; '),
      ...(form !== undefined && { origin, 'sec-fetch-site': 'same-origin' }),
    },
    ...(form !== undefined && { method: 'POST', body: form }),
  })
  for (const cookie of response.headers.getSetCookie()) {
    const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split('=')
    cookies.set(name, value)
  }
  const location = response.headers.get('location')
  if (location !== null) return { url: new URL(location, url).href }
  return formOf(await response.text(), url, person)
}

/** The form that goes on, filled in; undefined on a page without one. */
function formOf(html: string, url: string, person: Person): Step | undefined {
  const forms = html.split(/<form\s/).slice(1)
  const form =
    forms.find((each) => each.includes('Let it in')) ??
    forms.find((each) => /name="(email|user_code)"/.test(each))
  const action = /action="([^"]*)"/.exec(form ?? '')?.[1]
  if (form === undefined || action === undefined) return undefined
  const [fields = ''] = form.split('</form>')
  return { url: new URL(action, url).href, form: new URLSearchParams(filled(fields, person)) }
}

/** Hidden fields as they are, and what a person types into the others. */
function filled(fields: string, { email, password, userCode = '' }: Person): [string, string][] {
  const typed = new Map([
    ['email', email],
    ['password', password],
    ['user_code', userCode],
  ])
  return [...fields.matchAll(/<input([^>]*)>/g)].map(([, input = '']) => {
    const name = /name="([^"]*)"/.exec(input)?.[1] ?? ''
    const value = /value="([^"]*)"/.exec(input)?.[1] ?? ''
    return [name, value === '' ? (typed.get(name) ?? '') : value.replaceAll('&amp;', '&')]
  })
}
