// What runs on an instance. Its environment says everything: which server, which key, which run. The key reaches this
// run alone.

import { Chronicle } from '../client.ts'

const STEPS = 3

const { CHRONICLE_EXPERIMENT_ID = '', CHRONICLE_VARIATION, CHRONICLE_RUN } = process.env
const run = Chronicle.fromEnv().run(
  CHRONICLE_EXPERIMENT_ID,
  Number(CHRONICLE_VARIATION),
  Number(CHRONICLE_RUN),
)

await run.get()
for (let step = 1; step <= STEPS; step += 1) {
  await run.report({ name: 'loss', step, value: 1 / step })
}
await run.finish()
console.log(`run ${CHRONICLE_RUN} of variation ${CHRONICLE_VARIATION} is finished`)
