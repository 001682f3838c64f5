/** A grant as a program writes it: a declared scope, all of a noun, or everything. */
export type GrantText<Scope extends string> =
  | Scope
  | '*'
  | (Scope extends `${infer Noun}:${string}` ? `${Noun}:*` : never)
