/** For tests outside of this package: a product that people log in to, over HTTP. */
export { answerIn, openLoginServer, signIn } from '../test/login/open-server.ts'
export type { LoginServer } from '../test/login/open-server.ts'
export { VERIFIER } from '../test/login/studio.ts'
export { verdict } from '../test/world/open-world.ts'
