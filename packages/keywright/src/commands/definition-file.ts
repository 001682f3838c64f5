/** The definition where no other file is named. Alone here: a command line that starts loads nothing of the server. */
export const DEFINITION = 'keywright.config.ts'
