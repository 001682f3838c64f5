#!/usr/bin/env node
// `chronary auth login`, `chronary agents list` and the like.

import { main } from '@keywright/cli-kit'
import { chronary } from './command-line.ts'

await main(chronary)
