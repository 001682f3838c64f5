export { createAccounts } from './create.ts'
export type { AccountIdentity, AccountPerson, AccountsDeps, People, RequestJson } from './deps.ts'
export type { Mail, SendMail } from './mail/mail.ts'
export type { ProviderOptions } from './provider/options.ts'
