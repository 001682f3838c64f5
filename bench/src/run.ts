import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { tableOf } from './harness/table.ts'
import { effortOf, MEASURES, namesOf } from './measures.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
  },
})

const rows = []
const effort = effortOf(values.quick)
for (const name of namesOf(values.only)) {
  console.error(`measuring ${name} …`)
  rows.push(...(await MEASURES[name](effort)))
}
const model = cpus()[0]?.model ?? 'unknown'
console.log(`Node ${process.version}, ${cpus().length} cores (${model}), ${effort.rounds} rounds`)
console.log(tableOf(rows))
