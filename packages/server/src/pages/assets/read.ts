// The few files that pages load, all from here. Their address changes with what they hold, so a browser may keep them
// for good and never has an old one beside a new page.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

const FILES = {
  style: { name: 'style.css', type: 'text/css; charset=utf-8' },
  passkey: { name: 'passkey.js', type: 'text/javascript; charset=utf-8' },
  invitation: { name: 'invitation.js', type: 'text/javascript; charset=utf-8' },
  icon: { name: 'icon.svg', type: 'image/svg+xml' },
} as const

interface Asset {
  /** The path of its route. */
  readonly route: string
  /** What pages link to. */
  readonly href: string
  readonly type: string
  readonly bytes: Buffer
}

export type Assets = Readonly<Record<keyof typeof FILES, Asset>>

/** Reads them all; they are part of this package, so a failure is ours. */
export function readAssets(prefix: string): Assets {
  const assets = Object.entries(FILES).map(([key, { name, type }]) => {
    const bytes = readFileSync(new URL(name, import.meta.url))
    const version = createHash('sha256').update(bytes).digest('base64url').slice(0, 12)
    const route = `/assets/${name}`
    return [key, { route, href: `${prefix}${route}?v=${version}`, type, bytes }]
  })
  return Object.fromEntries(assets)
}
