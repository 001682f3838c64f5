// A person as the domain knows one: somebody who can have roles and hold keys. How they sign in is not known here.

/** The collection of people in every definition: `users/usr_…` is a person's own space and their name as a holder. */
export const PEOPLE = 'users'

export interface Person {
  /** `usr_…` */
  readonly id: string
  readonly name: string
  readonly email: string | null
  /** Whether it was proved that the address is this person's. */
  readonly isEmailVerified: boolean
  readonly createdAt: number
}

/** The resource name of a person's own space. */
export function spaceOf(personId: string): string {
  return `${PEOPLE}/${personId}`
}

/** True when a holder is a person, not a resource of the product; what lies below a person's space is no person. */
export function isSpace(holder: string): boolean {
  return holder.startsWith(`${PEOPLE}/`) && !holder.includes('/', PEOPLE.length + 1)
}

/** The id of the person whose space it is. */
export function personIdOf(space: string): string {
  return space.slice(PEOPLE.length + 1)
}
