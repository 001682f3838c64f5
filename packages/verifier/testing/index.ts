export { createSigner, startKeyHost } from './key-host.ts'
export type { KeyHost, Signer } from './key-host.ts'
export { startOidcProvider } from './oidc-provider.ts'
export type { LocalProvider } from './oidc-provider.ts'
