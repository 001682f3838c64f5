// `autolab login`, `autolab token`, `autolab keys`, `autolab serve`.

import { main } from '@keywright/cli-kit'
import { autolab } from './command-line.ts'

await main(autolab)
