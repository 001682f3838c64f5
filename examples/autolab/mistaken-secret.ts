// A provider key in `Authorization` is named as what it is, before anything else looks at it. It is neither kept nor
// repeated.

import type { CodedRefusal } from 'keywright'
import { providerKeyName } from './provider.ts'

/** @param header the `Authorization` of a request */
export function mistakenSecret(header: string | undefined): CodedRefusal | undefined {
  const sent = header?.replace(/^Bearer +/i, '') ?? ''
  const name = providerKeyName(sent)
  if (name === undefined) return undefined
  const detail = `This is ${name}, not an AutoLab access token (al_…). Sign in with autolab login, and store provider keys with autolab keys add.`
  return { code: 'malformed_credential', detail }
}
