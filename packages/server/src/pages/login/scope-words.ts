// Scopes in words, for people who decide what a program may do. The product's own are `noun:verb` and read as that.

const OWN_WORDS: Readonly<Record<string, string>> = {
  'keys:read': 'see your keys',
  'keys:write': 'make and revoke keys',
  'keys:verify': 'check keys of others',
  'keys:audit': 'read the log of what was done with keys',
  'keys:usage': 'see how much was used',
  'members:read': 'see who belongs to your organizations',
  'members:write': 'invite people and change their roles',
}

/** `films:write` as `write films`, with the scope itself beside it where it is shown. */
export function scopeInWords(scope: string): string {
  const own = OWN_WORDS[scope]
  if (own !== undefined) return own
  const [noun = '', verb = ''] = scope.split(':')
  return `${verb.replaceAll(/[_-]/g, ' ')} ${noun.replaceAll(/[_-]/g, ' ')}`
}
