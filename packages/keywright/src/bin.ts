// The command `keywright`. A server stays for months, so a plain `serve` is started without the rest of the command
// line, which is there for everything else, also for the help of `serve`.
const [, , command, ...rest] = process.argv
const words = rest.filter((word) => word !== '--new-admin-key')
const isPlain = words.length <= 1 && !words.some((word) => word.startsWith('-'))

if (command === 'serve' && isPlain) {
  const { serveOrExit } = await import('./commands/serve.ts')
  await serveOrExit(words[0], words.length < rest.length)
} else {
  const { main } = await import('@keywright/cli-kit')
  const { keywright } = await import('./commands/command-line.ts')
  await main(keywright)
}
