/** Commands of the product itself, beside those of the kit: `chronary agents list`. */
import type { ClientOptions, SettingsInput } from '@keywright/client'
import type { Drawn } from '../output/branches.ts'
import type { Json } from '../output/output.ts'
import type { Given } from '../tree/catalogue.ts'
import type { Project } from '../session/project.ts'
import type { FlagText } from '../tree/global-flags.ts'

export interface OwnCommand {
  /** Its line in the help. */
  readonly about: string
  /** As commander writes arguments: `<id>`, `[file]`. */
  readonly argument?: string
  /** Its own flags: `['--label <text>', 'what it is called']`. */
  readonly flags?: readonly FlagText[]
  /** Loaded when it is run, so that no other command pays for it. */
  load(): Promise<OwnRun>
}

/** Commands below one word. */
export interface OwnGroup {
  readonly about: string
  readonly commands: Readonly<Record<string, OwnCommand>>
}

export type OwnCommands = Readonly<Record<string, OwnCommand | OwnGroup>>

/**
 * Does the command. What the product's client throws ends it with the exit code that fits; a `Failure` says its own.
 */
export type OwnRun = (own: OwnContext, given: Given) => Promise<void>

/** A product's client class, as `clientFor` makes it. */
export type ProductClient<Client> = new (options?: ClientOptions<SettingsInput>) => Client

/** What a product's own command is given. */
export interface OwnContext {
  /**
   * The product's client, with the settings that the flags, the environment and the stored login give.
   *
   * @throws Failure `not_logged_in` with the command that changes it
   */
  client<Client>(Client: ProductClient<Client>): Client
  /** The answer on stdout: the document under `--json`, otherwise the lines. */
  answer(document: Json, lines: readonly string[]): void
  /** Lines of a table whose columns are aligned, below what each is called; none for no rows. */
  table(rows: readonly (readonly string[])[], head?: readonly string[]): readonly string[]
  /** Things of a forest one below the other, each with the branch that is drawn before it. */
  branches<Node>(
    roots: readonly Node[],
    belowOf: (node: Node) => readonly Node[],
  ): readonly Drawn<Node>[]
  /** Says on stderr what is going on. */
  note(line: string): void
  /** Warns on stderr of what the person would not expect. */
  warn(line: string): void
  /**
   * The project that the flag, `<ENV>_PROJECT` or the folder's file names.
   *
   * @throws Failure `usage` when none of them does
   */
  project(flag: string | boolean | undefined): Project
  /** What this machine is called. */
  readonly hostName: string
  /** Resolves after so many milliseconds; Ctrl-C ends the command meanwhile. */
  wait(milliseconds: number): Promise<void>
  /** Asks yes or no; yes under `--yes`. @throws Failure `not_interactive` when nobody can be asked */
  confirm(question: string): Promise<boolean>
}
