import { start } from '@keywright/cli-kit/start'

await start({
  name: 'methodic',
  manifest: new URL('../package.json', import.meta.url),
  load: () => import('../cli.ts'),
})
