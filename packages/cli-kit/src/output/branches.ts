/** A tree in lines of text: each thing with what is drawn in front of it. */
export interface Drawn<Node> {
  readonly node: Node
  /** `├─ ` and its like; empty at the top. */
  readonly before: string
}

/** Every thing of a forest with the branch that leads to it, in the order of the lines. */
export function drawBranches<Node>(
  roots: readonly Node[],
  belowOf: (node: Node) => readonly Node[],
): readonly Drawn<Node>[] {
  const draw = (node: Node, before: string, around: string): readonly Drawn<Node>[] => {
    const below = belowOf(node)
    const drawn = below.flatMap((each, at) => {
      const isLast = at === below.length - 1
      return draw(each, `${around}${isLast ? '└─ ' : '├─ '}`, `${around}${isLast ? '   ' : '│  '}`)
    })
    return [{ node, before }, ...drawn]
  }
  return roots.flatMap((root) => draw(root, '', ''))
}
