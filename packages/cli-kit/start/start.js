// @ts-check
// How a product's command starts: before anything else is loaded, and in JavaScript, because what stands here is compiled
// at each start. Everything after it is compiled once: Node keeps the result, also of TypeScript, in a folder that is
// the person's own. Whoever could write there could choose what runs, so a folder of anybody else is not used.

import { lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import nodeModule from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** As `engines` of package.json says, which nothing but npm reads. */
const NODE_MIN = 24

const OWNER_ONLY = 0o700
const WRITABLE_BY_OTHERS = 0o022
const STICKY = 0o1000

/**
 * @typedef {object} Program
 * @property {string} name what people type; also the folder below the cache folder
 * @property {URL} manifest its package.json, which says the version
 * @property {() => Promise<unknown>} load imports the command line, which then runs
 */

/**
 * Starts a command line. Its version alone is said without it.
 *
 * @param {Program} program
 * @returns {Promise<void>}
 * @example
 * await start({
 *   name: 'acme',
 *   manifest: new URL('../package.json', import.meta.url),
 *   load: () => import('../cli.js'),
 * })
 */
export async function start({ name, manifest, load }) {
  const [, , ...words] = process.argv
  if (words.length === 1 && words[0] === '--version') {
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'))
    process.stdout.write(`${version}\n`)
    return
  }
  if (Number.parseInt(process.versions.node, 10) < NODE_MIN) {
    process.stderr.write(
      `${name}: This is Node ${process.versions.node}.\nIt needs ${NODE_MIN} or later.\n`,
    )
    process.exitCode = 1
    return
  }
  keepCompiled(name)
  await load()
}

/**
 * A start without it is slower and nothing else, so whatever is in its way is no failure.
 *
 * @param {string} name
 */
function keepCompiled(name) {
  // NODE_COMPILE_CACHE names another folder.
  if (nodeModule.getCompileCacheDir() !== undefined) return
  try {
    const cache = cacheFolder()
    if (cache === undefined) return
    const folder = join(cache, name)
    const compiled = join(folder, 'compiled')
    mkdirSync(cache, { recursive: true, mode: OWNER_ONLY })
    if (!keepsNames(cache)) return
    mkdirSync(compiled, { recursive: true, mode: OWNER_ONLY })
    if (isOwn(folder) && isOwn(compiled)) nodeModule.enableCompileCache(compiled)
  } catch {
    // A home folder that cannot be written, or none.
  }
}

function cacheFolder() {
  const { XDG_CACHE_HOME: xdg = '', LOCALAPPDATA: local = '', HOME: home = '' } = process.env
  if (process.platform === 'win32' && local !== '') return local
  // A relative one counts as none, as the XDG specification says.
  if (isAbsolute(xdg)) return xdg
  const own = home || homedir()
  // Under sudo the home folder can be another person's, who could not use what is made there.
  const isTheirs = process.getuid !== undefined && statSync(own).uid !== process.getuid()
  return isTheirs || !isAbsolute(own) ? undefined : join(own, '.cache')
}

/**
 * Whether nobody else can put a folder in the place of ours between a look and its use: the folder is this user's or the
 * system's, and who else can write to it can rename nothing, as in /tmp.
 *
 * @param {string} folder
 */
function keepsNames(folder) {
  const { uid, mode } = statSync(folder)
  if (process.getuid === undefined) return true
  const isTrusted = uid === process.getuid() || uid === 0
  return isTrusted && ((mode & WRITABLE_BY_OTHERS) === 0 || (mode & STICKY) !== 0)
}

/**
 * A folder, not a link, that nobody else can write to. Windows has no modes: there the profile folder protects it.
 *
 * @param {string} folder
 */
function isOwn(folder) {
  const stats = lstatSync(folder)
  if (!stats.isDirectory()) return false
  if (process.getuid === undefined) return true
  return stats.uid === process.getuid() && (stats.mode & WRITABLE_BY_OTHERS) === 0
}
