/** A path of our own to return to, or undefined: what a browser would read as another host is none (ASVS 3.7.2). */
export function ownPath(path: string | undefined, origin: string): string | undefined {
  if (path === undefined || !path.startsWith('/') || /[\\\p{Cc}]/u.test(path)) return undefined
  if (!URL.canParse(path, origin)) return undefined
  const url = new URL(path, origin)
  // Dot segments can leave a path that begins with two slashes, which names a host.
  const isOwn = url.origin === origin && !url.pathname.startsWith('//')
  return isOwn ? `${url.pathname}${url.search}${url.hash}` : undefined
}
