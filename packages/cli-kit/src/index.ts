/** What a product's own command line is built on: one brand, one call. */
export { main } from './main.ts'
export { runCommandLine } from './run.ts'
export { EXIT, type ExitCode } from './output/exit.ts'
export { Failure, type FailureCode, type FailureDetails } from './output/failure.ts'
export type { Json } from './output/output.ts'
export type {
  OwnCommand,
  OwnCommands,
  OwnContext,
  OwnGroup,
  OwnRun,
  ProductClient,
} from './own/own-command.ts'
export { durationOf } from './session/duration.ts'
export type { Project } from './session/project.ts'
export type { TextName, Texts } from './session/texts.ts'
export type { CommandName, FlagName, Given } from './tree/catalogue.ts'
export type { CommandLine, LoginWay, ProviderKeyRoutes } from './tree/command-line.ts'
export type { FlagText } from './tree/global-flags.ts'
export { textFlag } from './tree/text-flag.ts'
export { processWorld } from './world/process-world.ts'
export type { Input, Printer, World } from './world/world.ts'
