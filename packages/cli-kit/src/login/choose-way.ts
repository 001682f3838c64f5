/**
 * How a login reaches a browser. On a machine with a screen the browser can answer on loopback; over SSH, in a container
 * or without a display it cannot, and a code that is entered anywhere works where a listener would wait for ever.
 */
import type { World } from '../world/world.ts'

/** Whether the browser is on this machine, and why we think so. */
export interface LoginWay {
  readonly way: 'browser' | 'device'
  readonly reason: string
}

type Probe = Pick<World, 'env' | 'platform' | 'exists'>

/** `AI_AGENT` is the name that coding agents agree on: nobody sits in front of a browser that they start. */
export const REMOTE_VARIABLES = ['SSH_CONNECTION', 'SSH_TTY', 'SSH_CLIENT', 'AI_AGENT']
export const CLOUD_VARIABLES = [
  'CODESPACES',
  'GITPOD_WORKSPACE_ID',
  'REMOTE_CONTAINERS',
  'CLOUD_SHELL',
]
export const CONTAINER_VARIABLES = ['container', 'KUBERNETES_SERVICE_HOST']
const CONTAINER_FILES = ['/.dockerenv', '/run/.containerenv']

/** Looks at the machine. The person's flags come before this. */
export function chooseLoginWay({ env, platform, exists }: Probe): LoginWay {
  const set = (names: readonly string[]): string | undefined => names.find((name) => env[name])
  const remote = set(REMOTE_VARIABLES)
  if (remote !== undefined) return { way: 'device', reason: `${remote} is set` }
  const cloud = set(CLOUD_VARIABLES)
  if (cloud !== undefined) return { way: 'device', reason: `${cloud} is set` }
  const container = set(CONTAINER_VARIABLES)
  if (container !== undefined) return { way: 'device', reason: `${container} is set` }
  if (platform === 'darwin' || platform === 'win32') {
    return { way: 'browser', reason: 'this machine has a screen' }
  }
  const file = CONTAINER_FILES.find((path) => exists(path))
  if (file !== undefined) return { way: 'device', reason: `${file} exists` }
  const display = set(['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME', 'BROWSER'])
  if (display !== undefined) return { way: 'browser', reason: `${display} is set` }
  return { way: 'device', reason: 'there is no display' }
}
