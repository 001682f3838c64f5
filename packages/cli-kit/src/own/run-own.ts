/** Runs a product's own command with what the kit knows: the login in force, the output rules, the exit codes. */
import type { ClientOptions, SettingsInput } from '@keywright/client'
import { failureOf } from '../api/failure-of.ts'
import { transportOf } from '../api/transport.ts'
import { drawBranches } from '../output/branches.ts'
import { tableLines } from '../output/table.ts'
import type { Context } from '../session/context.ts'
import { confirm } from '../session/interactive.ts'
import { currentProject } from '../session/project.ts'
import { requireLogin } from '../session/resolved.ts'
import { surroundingsOf } from '../session/surroundings.ts'
import type { Given } from '../tree/catalogue.ts'
import type { OwnContext, OwnRun } from './own-command.ts'

export async function runOwn(run: OwnRun, context: Context, given: Given): Promise<void> {
  try {
    await run(ownContextOf(context), given)
  } catch (error) {
    throw failureOf(error, { isTried: false, interrupted: context.world.interrupted })
  }
}

function ownContextOf(context: Context): OwnContext {
  const { out, world } = context
  return {
    client(Client) {
      // A missing login is told as such, with the command that mends it, before the client speaks of settings.
      requireLogin(context)
      return new Client(optionsOf(context))
    },
    answer: (document, lines) => out.answer(document, lines),
    table: (rows, head) => tableBelow(context, { rows, head }),
    branches: drawBranches,
    note: (line) => out.note(line),
    warn: (line) => out.warn(line),
    project: (flag) => currentProject(context, flag),
    hostName: world.hostName,
    wait: (milliseconds) => world.wait(milliseconds, world.interrupted),
    confirm: (question) => confirm(context, question),
  }
}

function tableBelow(
  { out }: Context,
  {
    rows,
    head,
  }: {
    readonly rows: readonly (readonly string[])[]
    readonly head: readonly string[] | undefined
  },
): readonly string[] {
  if (head === undefined || rows.length === 0) return tableLines(rows)
  return tableLines([head.map((word) => out.dataStyle('bold', word)), ...rows])
}

/** The client looks for every setting itself, as it would in a program of the same person; flags come first. */
function optionsOf(context: Context): ClientOptions<SettingsInput> {
  const { brand, everywhere, world } = context
  const { option, name } = brand.credential
  const { host, ...transport } = transportOf(context)
  const options = {
    [option]: everywhere.credential,
    profile: everywhere.profile,
    argumentNames: { [option]: `--${name.replaceAll('_', '-')}` },
    ...transport,
    host: { ...surroundingsOf(world), ...host },
  }
  return options as ClientOptions<SettingsInput>
}
