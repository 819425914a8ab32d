/** Finds a cycle in a graph of names, so that it can be spelled out. */

/**
 * The first cycle that there is, walking the names in order: `[a, b, a]`; null when there is none.
 * Names that lead to no entry of the graph end their path.
 */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): string[] | null {
  const finished = new Set<string>();
  for (const start of graph.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    // A stack of its own: a chain of thousands of steps must not end in a stack overflow.
    const stack: { name: string; next: number }[] = [];
    const enter = (name: string): void => {
      path.push(name);
      onPath.add(name);
      stack.push({ name, next: 0 });
    };
    if (!finished.has(start)) enter(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const target = graph.get(top.name)?.[top.next];
      top.next += 1;
      if (target === undefined) {
        stack.pop();
        path.pop();
        onPath.delete(top.name);
        finished.add(top.name);
      } else if (onPath.has(target)) {
        return [...path.slice(path.indexOf(target)), target];
      } else if (graph.has(target) && !finished.has(target)) {
        enter(target);
      }
    }
  }
  return null;
}
