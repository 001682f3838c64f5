// Where the forms of the account page are sent that have more than one step.

export const AUTHENTICATOR_PATHS = {
  start: '/account/authenticator',
  confirm: '/account/authenticator/confirm',
  remove: '/account/authenticator/remove',
} as const

export const PASSKEY_PATHS = {
  add: '/account/passkeys',
  options: '/account/passkeys/options',
  remove: '/account/passkeys/remove',
} as const
