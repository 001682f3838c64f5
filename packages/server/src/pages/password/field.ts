import { field } from '../form.ts'
import type { Field } from '../form.ts'
import type { Html } from '../html.ts'
import { html } from '../html.ts'

/** A password that is chosen here. Managers may fill it in and anything may be pasted (ASVS 6.2.6, 6.2.7). */
export function newPasswordField(given: Pick<Field, 'name' | 'label' | 'error'>): Html {
  return field({
    ...given,
    type: 'password',
    autocomplete: 'new-password',
    hint: 'Long is better than complicated: a few words that do not belong together.',
  })
}

/** The password that somebody has. */
export function passwordField(given: Pick<Field, 'name' | 'label' | 'error'>): Html {
  return field({ ...given, type: 'password', autocomplete: 'current-password' })
}

/** Tells a password manager whose password it is, where a form does not ask. Nobody sees it and nothing reads it. */
export function usernameField(email: string | null): Html | undefined {
  if (email === null) return undefined
  return html`<input
    hidden
    type="email"
    name="username"
    autocomplete="username"
    value="${email}"
  />`
}
