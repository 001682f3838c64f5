// One of the test products as a program: `node cli.ts PRODUCT ARGUMENT…`.

import { main } from '../../src/main.ts'
import { PATIENT_ACME, AUTOLAB, CHRONARY, METHODIC } from './lines.ts'

const products = new Map(Object.entries({ PATIENT_ACME, AUTOLAB, CHRONARY, METHODIC }))
const line = products.get(process.argv.splice(2, 1)[0] ?? '')
if (line === undefined) throw new Error('name a product')
await main(line)
