#!/usr/bin/env node
// `chronary`, for keys with modes.

import { main } from '@keywright/cli-kit'
import { chronary } from './command-line.ts'

await main(chronary)
