import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'

/** A port that nobody listens on now, for servers whose links and cookies name it before they listen. */
export async function freePort(host: string): Promise<number> {
  const listener = createServer()
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(0, host, resolve)
  })
  const { port } = listener.address() as AddressInfo
  await new Promise((resolve) => listener.close(resolve))
  return port
}
