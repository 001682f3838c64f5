export { startOidcProvider } from './oidc-provider.ts'
export type { LocalProvider } from './oidc-provider.ts'
