// Methodic's commands and what they say, as its documentation shows them.

import type { CommandLine } from '@keywright/cli-kit'
import brand from './brand.ts'

export const methodic: CommandLine = {
  brand,
  name: 'methodic',
  version: '0.1.0',
  about: 'Logs programs in to Chronicle.',
  login: { way: 'prompt' },
  isStrict: true,
  commands: ['auth login', 'auth status'],
  flags: { 'auth login': ['no-verify', 'organization', 'personal', 'server-url'] },
  texts: {
    askCredential: 'Credential (API key or JWT, input hidden): ',
    organization: '{number}. {slug} — {name}',
    defaultOrganization: 'Default organization: {start} (recorded in {settings}).',
  },
}
