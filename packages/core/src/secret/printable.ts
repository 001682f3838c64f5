import { redactSecrets } from '@keywright/token'

const PRINTED_MAX = 80

/** What a caller sent, fit to be repeated in an answer: somebody will paste a secret into the wrong field. */
export function printable(text: string): string {
  return redactSecrets(text)
    .slice(0, PRINTED_MAX)
    .replaceAll(/\p{Cc}/gu, '?')
}
