/**
 * What is said at a login. A product may word it otherwise, down to the character, because its documentation shows the
 * transcript; `{name}` is filled in.
 */

export const TEXTS = {
  /** Asks for the credential, unseen. */
  askCredential: 'Credential (input hidden): ',
  /** Asks for the code of a pick-up, unseen. */
  askPickupCode: 'Pick-up code (input hidden): ',
  /** Before the list of organizations. */
  organizations: 'Organizations you belong to:',
  /** `{number}`, `{slug}`, `{name}`. */
  organization: '  {number}. {slug} — {name}',
  askOrganization: 'Default organization (number or slug; Enter to keep current): ',
  /** `{name}` of the person, `{server}`, `{profile}`. */
  loggedIn: 'Logged in as {name} ({server}).',
  /** Without a check there is no name to say. */
  storedUnverified: 'Stored without asking {server}.',
  /** `{credentials}`: the file. */
  wroteCredentials: 'Wrote {credentials} (chmod 600).',
  /** `{id}`, its beginning `{start}`, `{slug}`, `{settings}`: the file. */
  defaultOrganization: 'Default organization: {slug} (recorded in {settings}).',
  /** After `--personal`. */
  noOrganization: 'No default organization (recorded in {settings}).',
} as const

export type TextName = keyof typeof TEXTS
export type Texts = Readonly<Record<TextName, string>>

/** Fills a template in. What is filled in is never read as a template again. */
export function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole)
}
