/** Every variable that counts, from the same data that decides what does. */
import { type Brand, keyVariableOf, type Setting } from '@keywright/client'
import { CLOUD_VARIABLES, CONTAINER_VARIABLES, REMOTE_VARIABLES } from '../../login/choose-way.ts'
import { tableLines } from '../../output/table.ts'
import type { Context } from '../../session/context.ts'
import { commandText } from '../../session/command-text.ts'
import type { CommandLine } from '../../tree/command-line.ts'
import { EXCEPTION_VARIABLES, PROXY_VARIABLES } from '../../world/proxy.ts'

interface Variable {
  readonly name: string
  readonly about: string
}

export function explainEnvironment(context: Context): void {
  const { out, world, line } = context
  const rows = [
    ...settingsOf(line.brand),
    ...placesOf(context),
    ...terminalOf(),
    ...(line.login.way === 'browser' ? loginOf() : []),
    ...networkOf(),
    ...helpersOf(context),
  ]
  // Whether it is set, never to what: it may be a secret.
  const isSet = (name: string): boolean => Boolean(world.env[name])
  out.answer(
    rows.map(({ name, about }) => ({ name, about, is_set: isSet(name) })),
    tableLines(rows.map(({ name, about }) => [name, about, isSet(name) ? '(set)' : ''])),
  )
  out.note('An empty variable counts as unset.')
  if (line.own !== undefined) {
    out.note(`\`${line.name} help COMMAND\` names what a command of its own looks at besides.`)
  }
}

function settingsOf({ settings, env, files }: Brand): readonly Variable[] {
  const own = settings.filter(({ precedence }) => precedence.includes('environment'))
  return [
    ...own.map((setting) => ({ name: setting.variable, about: aboutOf(setting) })),
    ...(files?.layout === 'profiles-json'
      ? [{ name: `${env}_PROFILE`, about: 'the profile that counts' }]
      : []),
  ]
}

function aboutOf({ about, type, name, default: preset }: Setting): string {
  const what = {
    credential: 'the credential',
    server: 'the server',
    seconds: `${name}, in seconds`,
  }
  const text = about ?? (type in what ? what[type as keyof typeof what] : name)
  return preset === undefined ? text : `${text}; otherwise ${String(preset)}`
}

function placesOf({ line, brand, world }: Context): readonly Variable[] {
  const { files, env } = brand
  const isWindows = world.platform === 'win32'
  const isXdg = files !== undefined && 'xdg' in files.directory
  return [
    ...(files === undefined
      ? []
      : [{ name: `${env}_CONFIG_DIR`, about: 'the folder of its files' }]),
    ...(files?.layout === 'split-yaml'
      ? [{ name: files.singleFileVariable ?? `${env}_CONFIG`, about: 'one file instead of two' }]
      : []),
    ...(isXdg ? [{ name: 'XDG_CONFIG_HOME', about: 'where folders of settings are' }] : []),
    ...(isXdg && isWindows ? [{ name: 'APPDATA', about: 'the same on Windows' }] : []),
    { name: 'XDG_CACHE_HOME', about: 'where folders of caches are' },
    ...(isWindows ? [{ name: 'LOCALAPPDATA', about: 'the same on Windows' }] : []),
    { name: 'HOME', about: 'the home folder' },
    ...(brand.store === undefined
      ? []
      : [
          {
            name: keyVariableOf(brand),
            about: 'the key that seals the login, where no keychain does',
          },
        ]),
    ...projectOf(line),
  ]
}

function projectOf({ brand, projectFile, providerKeys }: CommandLine): readonly Variable[] {
  const hasProjects = projectFile !== undefined || providerKeys !== undefined
  return hasProjects ? [{ name: `${brand.env}_PROJECT`, about: 'the project, OWNER/NAME' }] : []
}

function terminalOf(): readonly Variable[] {
  return [
    { name: 'NO_COLOR', about: 'no colours' },
    { name: 'FORCE_COLOR', about: 'colours also where there is no terminal; 0 for none' },
    { name: 'TERM', about: 'dumb for a terminal that takes text alone' },
    { name: 'CI', about: 'an automated run: nobody is asked' },
  ]
}

function loginOf(): readonly Variable[] {
  const elsewhere = [...REMOTE_VARIABLES, ...CLOUD_VARIABLES, ...CONTAINER_VARIABLES]
  return [
    { name: 'BROWSER', about: 'the program that opens pages' },
    { name: 'DISPLAY', about: 'a login opens the browser here' },
    { name: 'WAYLAND_DISPLAY', about: 'a login opens the browser here' },
    { name: 'WSL_DISTRO_NAME', about: 'a login opens the browser of Windows' },
    ...elsewhere.map((name) => ({ name, about: 'a login goes by code: the browser is elsewhere' })),
  ]
}

function networkOf(): readonly Variable[] {
  return [
    ...PROXY_VARIABLES.map((name) => ({ name, about: 'the proxy for https' })),
    ...EXCEPTION_VARIABLES.map((name) => ({ name, about: 'servers that are asked without it' })),
  ]
}

function helpersOf(context: Context): readonly Variable[] {
  if (commandText(context, 'helper') === undefined) return []
  return [{ name: 'KUBERNETES_EXEC_INFO', about: 'what a Kubernetes client asks of `helper exec`' }]
}
