// What a browser calls itself, in two words: enough for its owner to know it again. Anybody can write anything there.

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/(?:Headless)?Chrom(?:e|ium)\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
]

const OTHER = 'Another browser'

/** As `Firefox on Linux`. */
export function browserNameOf(userAgent: string | null): string {
  const find = (names: readonly [RegExp, string][]): string | undefined =>
    names.find(([shape]) => shape.test(userAgent ?? ''))?.[1]
  const browser = find(BROWSERS) ?? OTHER
  const system = find(SYSTEMS)
  return system === undefined ? browser : `${browser} on ${system}`
}
