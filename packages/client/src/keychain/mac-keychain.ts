// The keychain of macOS, asked through `security`, which comes with the system. Its exit code is the last byte of the
// status that the keychain gave (Security/SecBase.h).

import type { Keychain, KeychainFault, KeychainItem } from './keychain.ts'
import type { LimitedTool } from './limited-tool.ts'
import { faultOf } from './limited-tool.ts'

const TOOL = 'security'
const WORDS = { tool: TOOL, install: 'it is a part of macOS: look at the PATH' }

/** errSecItemNotFound */
const NOT_THERE = 44
/** errSecInteractionNotAllowed: locked, and nobody can be asked, as over SSH. errSecAuthFailed: the wrong password. */
const LOCKED = [36, 51]

/** On a desktop macOS itself may ask on the screen; who does not answer within the limit is told so. */
export function openMacKeychain(tool: LimitedTool): Keychain {
  return {
    read(item) {
      const run = tool(TOOL, ['find-generic-password', ...namesOf(item), '-w'])
      if (run.ended !== 'by itself') return { found: 'fault', fault: faultOf(run, WORDS) }
      if (run.code === 0) return { found: 'text', text: run.stdout.trimEnd() }
      if (run.code === NOT_THERE) return { found: 'nothing' }
      return { found: 'fault', fault: refusal(run.code) }
    },
    // `-w VALUE` among the arguments would show it to everybody on the machine: `security -i` reads commands instead.
    write(item, text) {
      const [service, account, label, secret] = [item.service, item.account, item.label, text].map(
        quoted,
      )
      const command = `add-generic-password -U -s ${service} -a ${account} -l ${label} -w ${secret}`
      const run = tool(TOOL, ['-i'], `${command}\n`)
      if (run.ended !== 'by itself') return faultOf(run, WORDS)
      // Whether a command failed it says there, whatever it ends with itself.
      const [, said] = /returned (\d+)/.exec(run.stderr) ?? []
      const code = said === undefined ? run.code : Number(said)
      return code === 0 ? undefined : refusal(code)
    },
    remove(item) {
      tool(TOOL, ['delete-generic-password', ...namesOf(item)])
    },
  }
}

function namesOf({ service, account }: KeychainItem): readonly string[] {
  return ['-s', service, '-a', account]
}

function quoted(word: string): string {
  return `"${word.replaceAll(/["\\]/g, '\\$&')}"`
}

function refusal(code: number): KeychainFault {
  if (LOCKED.includes(code)) {
    const fix = "unlock it with 'security unlock-keychain'"
    return { code: 'store_locked', why: 'the keychain is locked', fix }
  }
  return {
    code: 'store_unavailable',
    why: `the keychain refused (security ended with ${code})`,
    fix: 'look at it in Keychain Access',
  }
}
