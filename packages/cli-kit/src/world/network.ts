/**
 * The network as the machine is set up for it: through the proxy that the environment names, and with the certificate
 * authorities of the system, which is where companies put theirs. Node does neither unless it is told.
 */

type Env = Readonly<Record<string, string | undefined>>

/**
 * `fetch`, with this process set up for it before the first request that needs it. A proxy is for https alone: in plain
 * http a credential goes to this machine, because nobody is in between, and a proxy would be.
 */
export function systemFetch(env: Env): typeof fetch {
  let stopProxy: (() => void) | undefined
  let trusting: Promise<void> | undefined
  return async (input, init) => {
    if (isSecure(input)) {
      stopProxy ??= await useProxy(env)
      trusting ??= trustSystem()
      await trusting
    } else {
      stopProxy?.()
      stopProxy = undefined
    }
    return fetch(input, init)
  }
}

function isSecure(input: Parameters<typeof fetch>[0]): boolean {
  return (input instanceof Request ? input.url : String(input)).startsWith('https:')
}

/** @returns what undoes it; undefined where there is no proxy */
async function useProxy(env: Env): Promise<(() => void) | undefined> {
  if (!env['https_proxy'] && !env['HTTPS_PROXY']) return undefined
  const http = await import('node:http')
  // Since Node 24.14; before that NODE_USE_ENV_PROXY=1 does it.
  return 'setGlobalProxyFromEnv' in http ? http.setGlobalProxyFromEnv({ ...env }) : undefined
}

async function trustSystem(): Promise<void> {
  const tls = await import('node:tls')
  // Since Node 24.5; before that --use-system-ca does it.
  if (!('setDefaultCACertificates' in tls)) return
  const system = tls.getCACertificates('system')
  if (system.length === 0) return
  tls.setDefaultCACertificates([...new Set([...tls.getCACertificates('default'), ...system])])
}
