/** The script for fish. */
import type { Words } from './words.ts'

export function fishScript(words: Words): string {
  const { name, following, valued, loginFlags, beforeLogin } = words
  const folder = '(test -n "$XDG_CACHE_HOME"; and echo $XDG_CACHE_HOME; or echo $HOME/.cache)'
  // Of a file of one's own alone: a shell runs what it completed.
  const logins = `(set -l file ${folder}/${name}/logins; test -O $file; and cat $file 2>/dev/null)`
  const lines = [...following].flatMap(([before, { words: offered, flags }]) => {
    const at = `complete -c ${name} -n '__${plain(name)}_at "${before}"'`
    // An argument may stand between a command and its flags; another command may not.
    const isWhole = ![...following.keys()].some((other) =>
      other.startsWith(`${before} `.trimStart()),
    )
    const under = isWhole ? at.replace(/'$/, " or-behind'") : at
    return [
      ...(offered.length === 0 ? [] : [`${at} -f -a '${offered.join(' ')}'`]),
      ...(beforeLogin.includes(before) ? [`${at} -f -a '${logins}'`] : []),
      ...flags.map((flag) => {
        const value = loginFlags.includes(flag)
          ? ` -x -a '${logins}'`
          : valued.includes(flag)
            ? ' -r'
            : ''
        return `${under} -l ${flag.slice(2)}${value}`
      }),
    ]
  })
  return [placeOf(words), ...lines].join('\n')
}

/** Whether the words so far that are neither flags nor their values are these. After `--` come those of another program. */
function placeOf({ name, valued }: Words): string {
  return `function __${plain(name)}_at
  set -l path
  set -l previous ''
  for word in (commandline -opc)[2..-1]
    if not contains -- "$previous" -- ${valued.join(' ')}; and not string match -q -- '-*' "$word"
      set -a path "$word"
    end
    set previous "$word"
  end
  test "$path" = "$argv[1]"; and return
  test "$argv[2]" = or-behind; and string match -q -- "$argv[1] *" "$path"
end`
}

function plain(name: string): string {
  return name.replaceAll('-', '_')
}
