// `methodic auth login` and `methodic auth status`.

import { main } from '@keywright/cli-kit'
import { methodic } from './command-line.ts'

await main(methodic)
