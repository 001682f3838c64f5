/** What a login server answers is small. One that never ends, or unpacks to gigabytes, must not fill this machine. */

const ANSWER_BYTES_MAX = 1_048_576

/** The same answer, whose body fails when it is longer than any answer of a login server. */
export function boundedAnswer(response: Response): Response {
  if (response.body === null) return response
  let length = 0
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      length += chunk.length
      if (length > ANSWER_BYTES_MAX) controller.error(new Error('the answer is too long'))
      else controller.enqueue(chunk)
    },
  })
  return new Response(response.body.pipeThrough(counting), response)
}
