import { Failure, type Given } from '@keywright/cli-kit'

/** How the server names a key. */
const KEY_ID = /^key_\w+$/

/**
 * A text that names a key by its id. A secret would stand in a URL next, where it never belongs.
 *
 * @throws Failure `usage`, which does not repeat the text
 */
export function keyId(text: string): string {
  if (KEY_ID.test(text)) return text
  throw new Failure('usage', 'This is no id of a key.', {
    hint: 'Ids begin with key_ and are those of `keywright keys ls`. A secret is not an argument: others of this machine see it, and it was not sent.',
  })
}

/** The id that is the command's argument. @throws Failure `usage` */
export function keyIdOf({ argument = '' }: Given): string {
  return keyId(argument)
}
