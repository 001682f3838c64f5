// Where a login keeps its credential on macOS and Windows, whose tools are stand-ins here: scripts that speak as the real
// ones are documented to.

import { describe, expect, test } from 'vitest'
import { atHome } from './world/at-home.ts'
import { PATIENT_ACME } from './world/lines.ts'

/** What `security` of macOS does with one item, in a file; its exit codes are those of the real one. */
const SECURITY = {
  security: `
if [ -f "$DIR/locked" ]; then [ "$1" = -i ] && { cat > /dev/null; echo 'add-generic-password: returned 36' >&2; exit 0; }; exit 36; fi
case "$1" in
  -i) sed -n 's/^add-generic-password -U -s "acme" -a "\\([a-z-]*\\)" -l ".*" -w "\\(.*\\)"$/\\1 \\2/p' |
      while read -r account secret; do echo "$secret" > "$DIR/item-$account"; done ;;
  find-generic-password) [ "$6" = -w ] && [ -f "$DIR/item-$5" ] || exit 44; cat "$DIR/item-$5" ;;
  delete-generic-password) [ -f "$DIR/item-$5" ] || exit 44; rm "$DIR/item-$5" ;;
esac`,
}

describe('macOS, with a stand-in for security', () => {
  const darwin = { platform: 'darwin' } as const

  test('seals with a key that is never among the arguments, and opens again', async () => {
    const { home, key, logIn, run, stored, started } = await atHome(SECURITY, PATIENT_ACME)
    const { stderr } = await logIn('login', { world: darwin })
    expect(stderr).toContain('The credential is sealed, its key is in the keychain.')
    expect(stored()).toMatch(/^sealed\.v1\.keyring\./)
    expect((await run('token', { world: darwin })).stdout).toBe(`${key}\n`)
    const kept = home.read('tools/item-sealing-key').trim()
    expect(Buffer.from(kept, 'base64url')).toHaveLength(32)
    expect(started().join('\n')).not.toContain(kept)
    expect(started().slice(0, 4)).toEqual([
      'security -i',
      'security find-generic-password -s acme -a sealing-probe -w',
      'security delete-generic-password -s acme -a sealing-probe',
      'security find-generic-password -s acme -a sealing-key -w',
    ])
  })

  test('locked over SSH is told as locked, with how to unlock it', async () => {
    const { home, logIn, run } = await atHome(SECURITY, PATIENT_ACME)
    await logIn('login', { world: darwin })
    await home.put({ 'tools/locked': '' })
    const { exit, stderr } = await run('whoami', { world: darwin })
    expect(exit).toBe(1)
    expect(stderr).toContain('is sealed, and the keychain is locked.')
    expect(stderr).toContain(
      "Unlock it with 'security unlock-keychain', or run 'acme login --store file'.",
    )
    const login = await logIn('login --store keyring --json', { world: darwin })
    expect(JSON.parse(login.stderr)).toMatchObject({ error: { code: 'store_locked' } })
  })
})

describe('Windows', () => {
  const win32 = { platform: 'win32' } as const

  test('has no keychain yet: keyring says so, and auto takes the file', async () => {
    const { home, logIn, run } = await atHome()
    const env = { ACME_CONFIG_DIR: home.path }
    const refused = await logIn('login --store keyring', { env, world: win32 })
    expect([refused.exit, refused.stderr]).toEqual([
      1,
      'acme: The credential could not be sealed: the keychain of Windows is not supported.\n' +
        "Set ACME_STORE_KEY and say --store encrypted-file, or run 'acme login --store file'.\n",
    ])
    const { exit, stderr } = await logIn('login', { env, world: win32 })
    expect([exit, stderr]).toEqual([0, expect.stringContaining('of Windows is not supported')])
    const { stdout } = await run('doctor --json', { env, world: win32 })
    expect(stdout).not.toContain('plain_text_credential')
  })
})
