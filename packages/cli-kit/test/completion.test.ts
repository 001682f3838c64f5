// Completion as a person has it: the script in the real shell at a real terminal, with the tab key.

import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CommandLine } from '../src/tree/command-line.ts'
import { AUTOLAB, CHRONARY, METHODIC } from './world/lines.ts'
import { Home } from './world/play.ts'
import { newSecret, startProduct } from './world/product.ts'
import { HAS_TERMINAL, openTerminal } from './world/terminal.ts'

const KEY = newSecret('chr_sk')
const NAMES = '.cache/chronary/logins'

/** A shell without anybody's own settings, and how a function that says what it was given is written in it. */
const SHELLS = [
  {
    shell: 'bash',
    start: 'bash --norc --noprofile -i',
    first: '',
    says: 'got() { echo "saw[$*]"; }; chronary() { got "$@"; }; autolab() { got "$@"; }',
  },
  {
    shell: 'zsh',
    start: 'zsh -f -i',
    first: 'autoload -U compinit; compinit -u -D; ',
    says: 'got() { echo "saw[$*]"; }; chronary() { got "$@"; }; autolab() { got "$@"; }',
  },
  {
    shell: 'fish',
    start: 'fish --no-config --private',
    first: '',
    says: 'function chronary; echo "saw[$argv]"; end; function autolab; echo "saw[$argv]"; end',
  },
].map((each) => ({ ...each, isThere: spawnSync(each.shell, ['--version']).status === 0 }))

test.runIf(process.env['KEYWRIGHT_REQUIRE_SHELLS'] === '1')(
  'every shell is there, as KEYWRIGHT_REQUIRE_SHELLS demands',
  () => {
    const absent = SHELLS.filter(({ isThere }) => !isThere).map(({ shell }) => shell)
    expect(absent).toEqual([])
  },
)

/** Stored logins, and a script for the shell. */
async function withScript(line: CommandLine, shell: string) {
  const home = new Home()
  const profiles = { work: { api_key: KEY }, workshop: { api_key: KEY }, play: { api_key: KEY } }
  const hosts = { 'https://lab.example:8443': { token: newSecret('al') } }
  await home.put({
    '.config/chronary/config.json': JSON.stringify({ active: 'work', profiles }),
    '.config/autolab/credentials.json': JSON.stringify({ hosts }),
  })
  const { stdout } = await home.play(line, { args: ['completion', shell] })
  await home.put({ script: stdout })
  return home
}

describe.each(SHELLS)('in $shell', ({ shell, start, first, says, isThere }) => {
  test.skipIf(!isThere || !HAS_TERMINAL).each([
    ['a command', CHRONARY, 'auth sw\t', 'auth switch'],
    ['a flag', CHRONARY, 'auth login --with\t', 'auth login --with-token'],
    ['a flag behind an argument', AUTOLAB, 'token show x --qu\t', 'token show x --quiet'],
    ['a profile after switch', CHRONARY, 'auth switch pl\t', 'auth switch play'],
    ['a profile after bind', CHRONARY, 'auth bind pl\t', 'auth bind play'],
    ['a profile after its flag', CHRONARY, '--profile pl\t', '--profile play'],
    [
      'a command after a profile',
      CHRONARY,
      '--profile play auth sw\t',
      '--profile play auth switch',
    ],
    ['a host', AUTOLAB, 'switch ht\t', 'switch https://lab.example:8443'],
    ['a setting', CHRONARY, 'config set b\t', 'config set base_url'],
    ['a setting to explain', AUTOLAB, 'why se\t', 'why server_url'],
    ['a topic', AUTOLAB, 'help exit\t', 'help exit-codes'],
    ['a command to explain', AUTOLAB, 'help token cr\t', 'help token create'],
    ['a protocol', AUTOLAB, 'helper do\t', 'helper docker'],
    ['a shell', AUTOLAB, 'completion po\t', 'completion powershell'],
    ['a file where nothing is known', AUTOLAB, 'token revoke scr\t', 'token revoke script'],
    ['the rest of a host', AUTOLAB, 'switch https://lab.ex\t', 'switch https://lab.example:8443'],
  ] as const)('the tab key completes %s', async (...[, line, typed, completed]) => {
    const home = await withScript(line, shell)
    const terminal = openTerminal(start, { HOME: home.path, XDG_CACHE_HOME: '' })
    terminal.type(`${says}; ${first}cd; . ./script; echo re''ady\r`)
    await terminal.sees('ready')
    terminal.type(`${line.name} ${typed}\r`)
    await terminal.sees(`saw[${completed}]`)
    terminal.type('exit\r')
    await terminal.ended()
  })
})

// The script for zsh is that for bash.
const ASKED = SHELLS.filter(({ shell, isThere }) => isThere && shell !== 'zsh')

/** What the shell offers where the tab key is pressed, in the order of the alphabet. */
function offersOf(shell: string, { home, words }: { home: Home; words: readonly string[] }) {
  const [name = ''] = words
  const ask =
    shell === 'fish'
      ? `source $HOME/script; complete -C '${words.join(' ')}'`
      : `. "$HOME/script"; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
         COMP_CWORD=${words.length - 1}; _${name}; printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout } = spawnSync(shell, ['-c', ask], {
    cwd: home.path,
    env: { PATH: process.env['PATH'], HOME: home.path },
    encoding: 'utf8',
  })
  const offers = stdout.split('\n').map((each) => each.split('\t')[0] ?? '')
  return offers.filter((each) => each !== '').toSorted()
}

describe.each(ASKED)('where nothing was begun, $shell offers', ({ shell }) => {
  test.each([
    ['the commands, without flags', CHRONARY, ['auth', 'completion', 'config', 'token']],
    ['those of a group', CHRONARY, ['get', 'path', 'set', 'unset'], 'config'],
    ['the settings', CHRONARY, ['api_key', 'base_url'], 'config', 'get'],
    ['those that no login stores', CHRONARY, ['base_url'], 'config', 'set'],
    ['the protocols', AUTOLAB, ['docker', 'exec', 'git', 'process'], 'helper'],
    ['the shells', AUTOLAB, ['bash', 'fish', 'powershell', 'zsh'], 'completion'],
  ] as const)('%s', async (...[, line, offered, ...before]) => {
    const home = await withScript(line, shell)
    expect(offersOf(shell, { home, words: [line.name, ...before, ''] })).toEqual(offered)
  })

  test('commands and topics after help', async () => {
    const home = await withScript(AUTOLAB, shell)
    const offers = offersOf(shell, { home, words: ['autolab', 'help', ''] })
    expect(offers).toEqual(
      expect.arrayContaining(['environment', 'exit-codes', 'files', 'login', 'token']),
    )
  })
})

test.skipIf(process.getuid?.() !== 0).each(ASKED)(
  '$shell takes no names from a file of somebody else',
  async ({ shell }) => {
    const home = await withScript(CHRONARY, shell)
    const asks =
      {
        bash: '. "$HOME/script"; COMP_WORDS=(chronary auth switch w); COMP_CWORD=3; _chronary; echo "${COMPREPLY[*]}"',
        fish: 'source $HOME/script; complete -C "chronary auth switch w"',
      }[shell] ?? ''
    const complete = (): string =>
      spawnSync(shell, ['-c', asks], {
        env: { PATH: process.env['PATH'], HOME: home.path },
        encoding: 'utf8',
      }).stdout
    expect(complete()).toContain('work')
    chownSync(join(home.path, NAMES), 65_534, 65_534)
    expect(complete()).not.toContain('work')
  },
)

describe('the names of logins for completion', () => {
  const login = async (home: Home, url: string, profile: string) => {
    const args = ['auth', 'login', '--with-token', '--profile', profile, '--no-verify']
    const env = { CHRONARY_BASE_URL: url }
    expect((await home.play(CHRONARY, { args, env, piped: KEY })).exit).toBe(0)
  }

  test('are kept with each login and logout once a script was asked for, owner-only', async () => {
    const home = new Home()
    const { url } = await startProduct([KEY])
    await login(home, url, 'work')
    expect(existsSync(join(home.path, NAMES))).toBe(false)
    await home.play(CHRONARY, { args: ['completion', 'bash'] })
    expect([home.read(NAMES), home.modeOf(NAMES)]).toEqual(['work\n', '600'])
    await login(home, url, 'play')
    expect(home.read(NAMES)).toBe('work\nplay\n')
    await home.play(CHRONARY, { args: ['auth', 'logout', '--local-only'] })
    expect(home.read(NAMES)).toBe('play\n')
    expect(home.read(NAMES)).not.toContain(KEY.slice(0, 8))
  })

  test('lie in XDG_CACHE_HOME where that is set', async () => {
    const home = new Home()
    const env = { XDG_CACHE_HOME: join(home.path, 'elsewhere') }
    await home.play(CHRONARY, { args: ['completion', 'fish'], env })
    expect(home.files()).toEqual(['600 elsewhere/chronary/logins'])
  })

  test('leave out what a shell could read as more than a name', async () => {
    const home = new Home()
    const names = ['work', '$(touch pwned)', 'two words', '`id`', "it's", '-rf']
    const profiles = Object.fromEntries(names.map((name) => [name, { api_key: KEY }]))
    await home.put({ '.config/chronary/config.json': JSON.stringify({ profiles }) })
    await home.play(CHRONARY, { args: ['completion', 'bash'] })
    expect(home.read(NAMES)).toBe('work\n')
  })

  test('that cannot be written keep nobody from a script or a login', async () => {
    const home = new Home()
    const { url } = await startProduct([KEY])
    await home.put({ '.cache': 'a file' })
    const { exit, stderr } = await home.play(CHRONARY, { args: ['completion', 'bash'] })
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' })
    await login(home, url, 'work')
  })

  test('are not written through a link', async () => {
    const home = new Home()
    const profiles = { work: { api_key: KEY } }
    await home.put({
      '.config/chronary/config.json': JSON.stringify({ profiles }),
      'other/file': 'of somebody',
      '.cache/chronary/keep': '',
    })
    symlinkSync(join(home.path, 'other/file'), join(home.path, NAMES))
    expect((await home.play(CHRONARY, { args: ['completion', 'bash'] })).exit).toBe(0)
    expect(home.read('other/file')).toBe('of somebody')
  })

  test('are not written into a folder of somebody else, as of the person under sudo', async () => {
    const home = new Home()
    await home.put({ '.config/chronary/config.json': '{}', '.cache/chronary/keep': '' })
    const userId = (process.geteuid?.() ?? 0) + 1
    const play = { args: ['completion', 'bash'], world: { userId } }
    expect((await home.play(CHRONARY, play)).exit).toBe(0)
    expect(existsSync(join(home.path, NAMES))).toBe(false)
  })

  test('are not written for a product whose logins have none', async () => {
    const home = new Home()
    const line = { ...METHODIC, commands: ['completion'] as const }
    const { stdout } = await home.play(line, { args: ['completion', 'bash'] })
    expect([home.files(), spawnSync('bash', ['-n'], { input: stdout }).status]).toEqual([[], 0])
  })
})

test('the script for PowerShell offers commands, flags and names, and quotes what it offers', async () => {
  const home = new Home()
  const { stdout } = await home.play(CHRONARY, { args: ['completion', 'powershell'] })
  expect(stdout).toContain("Register-ArgumentCompleter -Native -CommandName 'chronary'")
  expect(stdout).toMatch(/^ {4}'auth' = @\('login', 'logout', 'switch', /m)
  expect(stdout).toMatch(/^ {4}'auth switch' = @\(.*'--profile'.*\)$/m)
  expect(stdout).toContain("@('auth switch', 'auth bind') -contains $command")
  expect(stdout).toContain('"$cache/chronary/logins"')
  const opened = (stdout.match(/[{(]/g) ?? []).length
  expect((stdout.match(/[})]/g) ?? []).length).toBe(opened)
})
