// The story as a program of Node, Bun and Deno. Its place comes on standard input; with the argument `files` it goes on
// where there are an environment and files.

import type { Place } from './story/over-http.ts'
import { overHttp } from './story/over-http.ts'
import { printed, withFiles } from './story/with-files.ts'

let input = ''
for await (const chunk of process.stdin) input += String(chunk)
const { nobody, ...place } = JSON.parse(input) as Place & { readonly nobody: string }
const say = (line: string): void => console.log(line)
await overHttp(say, place)
if (process.argv[2] === 'files') await withFiles(say, nobody)
// On the other stream, because runtimes print objects as they like.
for (const value of printed(place.apiKey)) console.error(value)
