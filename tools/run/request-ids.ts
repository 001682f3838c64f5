/** By what each of some answers names its request: in `x-request-id` and, where it refuses, in its body. */
export async function requestIds(
  url: string,
  paths: readonly string[],
): Promise<{ header: string | null; body: unknown }[]> {
  return Promise.all(
    paths.map(async (path) => {
      const answer = await fetch(url + path)
      const { request_id: body } = (await answer.json()) as { request_id?: unknown }
      return { header: answer.headers.get('x-request-id'), body }
    }),
  )
}
