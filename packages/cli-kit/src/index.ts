/** What a product's own command line is built on: one brand, one call. */
export { main } from './main.ts'
export { runCommandLine } from './run.ts'
export { EXIT, type ExitCode } from './output/exit.ts'
export type { FailureCode } from './output/failure.ts'
export type { TextName, Texts } from './session/texts.ts'
export type { CommandName, FlagName } from './tree/catalogue.ts'
export type { CommandLine, LoginWay, ProviderKeyRoutes } from './tree/command-line.ts'
export type { Input, Printer, World } from './world/world.ts'
