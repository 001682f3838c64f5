import type { Words } from './words.ts'

export function fishScript(words: Words): string {
  const { name, following, valued, loginFlags, beforeLogin } = words
  const folder = '(test -n "$XDG_CACHE_HOME"; and echo $XDG_CACHE_HOME; or echo $HOME/.cache)'
  // Of a file of one's own alone: a shell runs what it completed.
  const logins = `(set -l file ${folder}/${name}/logins; test -O $file; and cat $file 2>/dev/null)`
  const lines = [...following].flatMap(([before, after]) => {
    const seen =
      before === '' ? '__fish_use_subcommand' : `__fish_seen_subcommand_from ${lastOf(before)}`
    const at = `complete -c ${name} -n '${seen}'`
    const offered = after.filter((word) => !word.startsWith('-'))
    const flags = after.filter((word) => word.startsWith('--'))
    return [
      ...(offered.length === 0 ? [] : [`${at} -f -a '${offered.join(' ')}'`]),
      ...(beforeLogin.includes(before) ? [`${at} -f -a '${logins}'`] : []),
      ...flags.map((flag) => {
        const value = loginFlags.includes(flag)
          ? ` -x -a '${logins}'`
          : valued.includes(flag)
            ? ' -r'
            : ''
        return `${at} -l ${flag.slice(2)}${value}`
      }),
    ]
  })
  return lines.join('\n')
}

function lastOf(before: string): string {
  return before.split(' ').at(-1) ?? before
}
