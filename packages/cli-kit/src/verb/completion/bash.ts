/** The scripts for bash and, through its own loader of bash completions, for zsh. */
import type { Words } from './words.ts'

export function bashScript(words: Words): string {
  return `${functionOf(words)}
complete -o default -F _${plain(words.name)} ${words.name}`
}

export function zshScript(words: Words): string {
  return `autoload -U +X bashcompinit && bashcompinit
${bashScript(words)}`
}

/**
 * Takes the words that are neither flags nor their values, and offers what follows them, and behind an argument the flags of
 * the longest beginning that is a command.
 * Names are read line by line and never expanded, and only from a file of one's own: a shell runs what it completed. bash cuts words at colons and replaces what stands after the last one, so
 * an address is put together first and cut again at the end.
 */
function functionOf({ name, following, valued, beforeLogin, loginFlags }: Words): string {
  const cases = [...following].map(([before, { words, flags }]) => {
    const logins = beforeLogin.includes(before) ? ' logins=1' : ''
    return `      '${before}') words='${words.join(' ')}' flags='${flags.join(' ')}'${logins} ;;`
  })
  // After `--` come the words of another program.
  const values = ['--', ...valued].join('|')
  return `_${plain(name)}() {
  local path='' previous='' current='' begun='' word words='' flags='' logins='' line
  for word in "\${COMP_WORDS[@]:1:$COMP_CWORD}"; do
    case "$begun$current,$word" in 1*:,*|1*,:*) current="$current$word"; continue ;; esac
    if [ -n "$begun" ]; then
      case "$previous" in ${values}) ;; *)
        case "$current" in -*) ;; *) path="\${path:+$path }$current" ;; esac ;;
      esac
      previous="$current"
    fi
    current="$word" begun=1
  done
  local rest="$path"
  while :; do
    case "$rest" in
${cases.join('\n')}
    esac
    case "$flags,$rest" in ,*' '*) rest="\${rest% *}" ;; *) break ;; esac
  done
  [ "$rest" = "$path" ] || words='' logins=''
  case "$current" in -*) words="$flags" ;; esac
  case "$previous" in ${values}) words='' logins='' ;; esac
${loginFlags.length === 0 ? '' : `  case "$previous" in ${loginFlags.join('|')}) logins=1 ;; esac\n`}\
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  local file="\${XDG_CACHE_HOME:-$HOME/.cache}/${name}/logins"
  if [ -n "$logins" ] && [ -O "$file" ] && [ -r "$file" ]; then
    while IFS= read -r line; do
      case "$line" in "$current"*) COMPREPLY+=("$line") ;; esac
    done < "$file"
  fi
  if [ -z "\${ZSH_VERSION-}" ]; then
    case "$current" in *:*) COMPREPLY=("\${COMPREPLY[@]#"\${current%"\${current##*:}"}"}") ;; esac
  fi
}`
}

function plain(name: string): string {
  return name.replaceAll('-', '_')
}
