#!/usr/bin/env node
import { start } from '@keywright/cli-kit/start'

await start({
  name: 'keywright',
  manifest: new URL('../package.json', import.meta.url),
  load: () => import('../src/bin.ts'),
})
