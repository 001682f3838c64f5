// What runs on an instance. It knows nothing but its environment, and its key reaches its own run alone: it reads the
// run, reports a metric as it goes and finishes.

const STEPS = 3

const {
  CHRONICLE_SERVER_URL: url,
  CHRONICLE_API_KEY: key,
  CHRONICLE_EXPERIMENT_ID: experiment,
  CHRONICLE_VARIATION: variation,
  CHRONICLE_RUN: run,
} = process.env

const path = `/experiments/${experiment}/variations/${variation}/runs/${run}`

async function call(method: string, what: string, body?: object): Promise<void> {
  const response = await fetch(`${url}${path}${what}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (response.ok) return
  throw new Error(`${method} ${path}${what} was answered ${response.status}`)
}

await call('GET', '')
for (let step = 1; step <= STEPS; step += 1) {
  await call('POST', '/metrics', { name: 'loss', step, value: 1 / step })
}
await call('POST', '/finish', { outcome: 'succeeded' })
console.log(`run ${run} of variation ${variation} is finished`)
