/** The canary scan is worth something only while tests feed it. */
import { expect, test } from 'vitest'
import { blankCode, importSpecifiers } from './code.ts'
import { readFiles } from './files.ts'

test.each(['rememberSecret', 'openSink', 'keepSink|addSinkFolder'])(
  'stories and examples call %s',
  (name) => {
    const users = readFiles(/^(e2e|examples|packages)\/.*\.ts$/).filter(
      ({ text }) =>
        importSpecifiers(text).some((specifier) =>
          specifier.endsWith('/tools/canary/registry.ts'),
        ) && new RegExp(`\\b(${name})\\(`).test(blankCode(text, { strings: true })),
    )
    expect(users.length, `no file outside tools/ calls ${name}`).toBeGreaterThan(0)
  },
)
