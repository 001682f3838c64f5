/** What `help` explains that no single command is about. */
export const TOPICS = ['environment', 'exit-codes', 'files'] as const
