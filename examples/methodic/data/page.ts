/** A stretch of a list: what comes after a place in it. */
export interface Page<Place = string> {
  readonly after: Place
  readonly limit: number
}
