// An instance that reads its run, tells its whole environment and the key alone, and then goes on for ever.

const { CHRONICLE_SERVER_URL, CHRONICLE_API_KEY, CHRONICLE_EXPERIMENT_ID } = process.env
const path = `/experiments/${CHRONICLE_EXPERIMENT_ID}/variations/${process.env['CHRONICLE_VARIATION']}/runs/${process.env['CHRONICLE_RUN']}`
const headers = {
  authorization: `Bearer ${CHRONICLE_API_KEY}`,
  'content-type': 'application/json',
}
const body = JSON.stringify({ name: 'pid', value: process.pid })
console.log(JSON.stringify(process.env), CHRONICLE_API_KEY, process.argv.length)
await fetch(`${CHRONICLE_SERVER_URL}${path}/metrics`, { method: 'POST', headers, body })
setInterval(() => {}, 60_000)
