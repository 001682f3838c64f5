/** Whether this is an automated run, by the variable that nearly all of them set. */
export function isCi(env: Readonly<Record<string, string | undefined>>): boolean {
  const { CI } = env
  return CI !== undefined && CI !== '' && CI !== 'false' && CI !== '0'
}
