/** For tests outside of this package: command lines played over a folder, and programs at a real terminal. */
export { Home } from '../test/world/play.ts'
export type { FileBefore, Play, Played } from '../test/world/play.ts'
export { HAS_TERMINAL, openTerminal } from '../test/world/terminal.ts'
export type { Terminal } from '../test/world/terminal.ts'
