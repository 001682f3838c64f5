import type { WireRequest } from './wire-request.ts'

/** Connections that are kept, each sending its next request when the last is answered. */
export const CONNECTIONS = 32

/** Puts load on a server. @returns requests a second. @throws when any answer is not 200 */
export type Load = (url: string, requests: readonly WireRequest[]) => Promise<number>
