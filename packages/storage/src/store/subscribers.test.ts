import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'

const SCRIPT = `
  import { Subscribers } from './subscribers.ts'
  const subscribers = new Subscribers()
  const heard = []
  subscribers.add(() => { throw new Error('listener failed') })
  subscribers.add((events) => heard.push(...events))
  process.once('uncaughtException', (error) => console.log(error.message, heard))
  subscribers.publish(['event'])
  console.log('published', heard)
`

it("throws a listener's error on its own, after everyone has heard the events", () => {
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  })
  expect(stdout).toBe("published [ 'event' ]\nlistener failed [ 'event' ]\n")
})
