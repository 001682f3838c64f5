/** Starts the person's browser: never through a shell, and only with a URL that web-url.ts has checked. */
import type { World } from '../world/world.ts'

type BrowserWorld = Pick<World, 'env' | 'platform' | 'launch'>

/** False when no browser could be started. That a program started does not mean that a page is seen. */
export async function openBrowser(url: URL, world: BrowserWorld): Promise<boolean> {
  for (const [program, ...args] of browsersOf(world)) {
    if (await world.launch(program, [...args, url.href])) return true
  }
  return false
}

/** Programs to try in turn. `BROWSER` names one or several, with a colon between them. */
function browsersOf({ env, platform }: BrowserWorld): readonly (readonly [string, ...string[]])[] {
  const { BROWSER, WSL_DISTRO_NAME } = env
  if (BROWSER) {
    const named = BROWSER.split(platform === 'win32' ? ';' : ':').filter((name) => name !== '')
    return named.map((name) => [name])
  }
  // Not `start`: it belongs to a shell, which reads the & of a query as the end of the command.
  const windows = ['rundll32.exe', 'url.dll,FileProtocolHandler'] as const
  if (platform === 'win32') return [windows]
  if (platform === 'darwin') return [['open']]
  if (WSL_DISTRO_NAME) return [['wslview'], windows, ['xdg-open']]
  return [['xdg-open']]
}
