/** Puts the processes of a worker in the order in which they started each other, with what each has used since the last look. Pure. */
import type { MeasuredProcess } from '../contract/launcher.ts';
import type { ProcessNode } from '../contract/worker-facts.ts';

/** More than a person looks at; a worker whose program starts thousands has its total. */
const mostShown = 40;

/**
 * Parents before their children, the largest first among these; of very many the largest.
 * @param before as they were a moment ago: one that was not there has used what it used since its start
 * @param elapsed since then, in ms
 */
export function processNodes(
  tree: readonly MeasuredProcess[],
  before: readonly MeasuredProcess[],
  elapsed: number,
): ProcessNode[] {
  const used = new Map(before.map(({ pid, cpuMs }) => [pid, cpuMs]));
  const pids = new Set(tree.map(({ pid }) => pid));
  const nodes: ProcessNode[] = [];
  const visited = new Set<number>();
  const visit = (own: readonly MeasuredProcess[], depth: number): void => {
    for (const one of [...own].sort((a, b) => b.memory - a.memory)) {
      // Numbers are used again: what looks like its own ancestor is shown once.
      if (visited.has(one.pid) || nodes.length >= mostShown) continue;
      visited.add(one.pid);
      const { pid, name, memory } = one;
      const cpuMs = Math.max(0, one.cpuMs - (used.get(pid) ?? 0));
      nodes.push({ pid, depth, name, cpuPercent: percentOf(cpuMs, elapsed), memory });
      visit(
        tree.filter(({ parent }) => parent === pid),
        depth + 1,
      );
    }
  };
  visit(
    tree.filter(({ parent }) => !pids.has(parent)),
    0,
  );
  return nodes;
}

/** Of one core, with one figure behind the point. */
export function percentOf(cpuMs: number, elapsed: number): number {
  return Math.round((cpuMs / elapsed) * 1_000) / 10;
}
