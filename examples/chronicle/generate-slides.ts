import type { Slide } from './data/presentations.ts'

const TITLE_LENGTH_MAX = 80

/**
 * Makes slides of a prompt: one for each of its sentences or lines, until there are as many as wanted. What a product
 * would ask a model for; the key system does not care.
 */
export function generateSlides(prompt: string, most: number): { title: string; slides: Slide[] } {
  const thoughts = prompt
    .split(/(?<=[.!?])\s+|\n+/)
    .map((thought) => thought.trim())
    .filter((thought) => thought !== '')
  const title = shorten(thoughts[0] ?? prompt)
  const slides = thoughts
    .slice(0, most)
    .map((thought) => ({ title: shorten(thought), body: thought }))
  return { title, slides }
}

function shorten(text: string): string {
  const plain = text.replace(/[.!?]+$/, '')
  return plain.length <= TITLE_LENGTH_MAX ? plain : `${plain.slice(0, TITLE_LENGTH_MAX - 1)}…`
}
