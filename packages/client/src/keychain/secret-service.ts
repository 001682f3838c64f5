// The Secret Service of Linux desktops (gnome-keyring, KWallet, KeePassXC), asked through `secret-tool` of libsecret.

import type { Keychain, KeychainFault, KeychainItem } from './keychain.ts'
import type { LimitedTool } from './limited-tool.ts'
import { faultOf } from './limited-tool.ts'

const TOOL = 'secret-tool'
const INSTALL = 'install it (Debian: apt install libsecret-tools), with a keychain that it can ask'

export function openSecretService(tool: LimitedTool): Keychain {
  return {
    // `lookup` would have a locked keychain ask on the screen, and says the same of it as of an item that is not there.
    read(item) {
      const run = tool(TOOL, ['search', ...namesOf(item)])
      if (run.ended !== 'by itself') return { found: 'fault', fault: faultOf(run, WORDS) }
      if (run.code !== 0) return { found: 'fault', fault: refusal(run.stderr) }
      const [, text] = /^secret = (.+)$/m.exec(run.stdout) ?? []
      if (text !== undefined) return { found: 'text', text }
      // An item whose secret is not shown lies in a keychain that is locked.
      if (run.stdout.startsWith('[')) return { found: 'fault', fault: LOCKED }
      return { found: 'nothing' }
    },
    write(item, text) {
      const run = tool(TOOL, ['store', `--label=${item.label}`, ...namesOf(item)], text)
      if (run.ended !== 'by itself') return faultOf(run, WORDS)
      return run.code === 0 ? undefined : refusal(run.stderr)
    },
    remove(item) {
      tool(TOOL, ['clear', ...namesOf(item)])
    },
  }
}

const WORDS = { tool: TOOL, install: INSTALL }

const LOCKED: KeychainFault = {
  code: 'store_locked',
  why: 'the keychain is locked',
  fix: 'unlock it',
}

function namesOf({ service, account }: KeychainItem): readonly string[] {
  return ['service', service, 'account', account]
}

function refusal(stderr: string): KeychainFault {
  if (/\block/.test(stderr)) return LOCKED
  // What the tool says is about its bus, and helps nobody.
  return {
    code: 'store_unavailable',
    why: 'no keychain runs in this session',
    fix: 'start one, as gnome-keyring',
  }
}
