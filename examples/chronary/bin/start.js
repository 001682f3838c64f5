import { start } from '@keywright/cli-kit/start'

await start({
  name: 'chronary',
  manifest: new URL('../package.json', import.meta.url),
  load: () => import('../cli.ts'),
})
