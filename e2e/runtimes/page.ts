// The story in a page of a browser, which the test hands its options: no environment, no files.

import type { Place } from './story/over-http.ts'
import { overHttp } from './story/over-http.ts'

declare global {
  /** The lines of the story. */
  var tellStory: (place: Place) => Promise<string[]>
}

globalThis.tellStory = async (place) => {
  const lines: string[] = []
  await overHttp((line) => lines.push(line), place)
  return lines
}
