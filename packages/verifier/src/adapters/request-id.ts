// One request, one name, however many guards it passes: the verifier charges a named request once.
// The name is ours and never the client's, who could otherwise repeat one to be charged nothing.

const names = new WeakMap<object, string>()

/** The name of a request, made at the first call for it. */
export function requestIdOf(request: object, make: () => string): string {
  let name = names.get(request)
  if (name === undefined) {
    name = make()
    names.set(request, name)
  }
  return name
}
