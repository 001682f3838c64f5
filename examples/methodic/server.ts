// Starts the example, or with `--jwt` or `--machine-jwt` prints a fresh token of the local issuer and nothing else. The
// README lists what the environment says.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openAuthority, stopOnSignal } from 'keywright'
import type { MethodicAuthority } from './api.ts'
import { createApi } from './api.ts'
import { defineMethodic } from './authority.ts'
import { openData } from './data/open.ts'
import { makeAcme } from './first-start.ts'
import { outsideIssuer } from './issuer/outside.ts'
import type { LocalIssuer } from './issuer/provider.ts'
import type { IssuerState } from './issuer/state.ts'
import { openIssuerState } from './issuer/state.ts'
import { issuersOf, JANE, MACHINE, signToken } from './issuer/tokens.ts'
import { endLostInstances } from './routes/provision.ts'
import { Runner } from './runner/runner.ts'

const dataDir = process.env['DATA_DIR'] || '.data/methodic'
mkdirSync(dataDir, { recursive: true, mode: 0o700 })
const outside = outsideIssuer(process.env)
const [flag] = process.argv.slice(2)
if (flag === undefined) await serve()
else process.exitCode = await printToken(flag)

async function printToken(option: string): Promise<number> {
  const subject = { '--jwt': JANE, '--machine-jwt': { subject: MACHINE } }[option]
  if (subject === undefined || outside !== undefined) {
    const why =
      subject === undefined
        ? `There is no option ${option}. Use --jwt or --machine-jwt.`
        : 'METHODIC_ISSUER is set: its tokens are made there and not here.'
    console.error(why)
    return 2
  }
  const state = await openIssuerState(dataDir)
  console.log(await signToken(state, { ...subject, now: Date.now() }))
  return 0
}

async function serve(): Promise<void> {
  const log = (line: string): void => console.error(line)
  const local = outside === undefined ? await openIssuerState(dataDir) : undefined
  const authority = await openAuthority(
    defineMethodic(outside ?? (local ? issuersOf(local) : [])),
    {
      database: join(dataDir, 'keywright.db'),
      onWarning: log,
      onFatal: (error) => {
        log(`methodic: the database failed: ${error.message}`)
        process.exit(1)
      },
    },
  )
  const issuer = local && (await startLocal(local))
  const data = openData(join(dataDir, 'methodic.db'))
  await endLostInstances({ authority, data, now: Date.now })
  const worker = process.env['METHODIC_WORKER'] || join(import.meta.dirname, 'runner', 'worker.ts')
  const runner = new Runner({ worker, logs: join(dataDir, 'instances'), log })
  const app = createApi({ authority, data, runner, log })
  const url = await app.listen({ port: Number(process.env['PORT'] || 0), host: '127.0.0.1' })
  await greet(authority, local)

  stopOnSignal(async () => {
    await app.close()
    await runner.stop()
    await issuer?.close()
    await authority.close()
    data.close()
  })
  console.log(`methodic listening on ${url}`)
}

// Not with the other imports: a command that only signs a token has no use for a provider.
async function startLocal(local: IssuerState): Promise<LocalIssuer> {
  const { startIssuer } = await import('./issuer/provider.ts')
  return startIssuer(local)
}

// What there is to begin with. With an issuer of one's own somebody has to be named: the first owner lets others in.
async function greet(authority: MethodicAuthority, local: IssuerState | undefined): Promise<void> {
  if (local !== undefined) {
    if (!(await makeAcme(authority, { issuer: local.issuer, ...JANE }))) return
    const token = await signToken(local, { ...JANE, now: Date.now() })
    console.log(`researcher JWT (valid 1 h): ${token}`)
    return
  }
  const subject = process.env['METHODIC_OWNER_SUBJECT']
  const [{ issuer } = { issuer: '' }] = outside ?? []
  if (subject !== undefined && subject !== '') {
    await makeAcme(authority, { issuer, subject, name: JANE.name })
  } else if (!(await authority.organizations.find({ slug: 'acme' })).ok) {
    console.log('no organization yet: start with METHODIC_OWNER_SUBJECT, the sub of its owner')
  }
}
