/** The two marks that are ratios of throughput. */
import type { Result } from '../race.ts';
import { bull, onRedis, own } from '../report.ts';
import type { Mark } from './mark.ts';

const busy = 32;

export function throughputMarks(
  inProcess: readonly Result[],
  overSocket: readonly Result[],
  hosts: readonly Result[],
): Mark[] {
  const best = Math.max(...inProcess.filter(({ label }) => label === bull).map(({ perSecond }) => perSecond));
  return [
    ratioMark(
      'In process, 32 workers, ÷ BullMQ’s best',
      rateOf(inProcess, own),
      best,
      1.3,
      'with any number of workers',
    ),
    ratioMark(
      'Over the socket, 32 worker processes, ÷ BullMQ',
      rateOf(overSocket, own),
      rateOf(overSocket, bull),
      1.2,
      'with 32 worker processes too',
    ),
    ...[1, 4].map((count) =>
      ratioMark(
        `On Redis, ${count === 1 ? 'one host' : `${count} hosts`} × 32 workers, ÷ BullMQ`,
        rateOf(hosts, onRedis, count * busy),
        rateOf(hosts, bull, count * busy),
        1.5,
        'with as many processes',
      ),
    ),
  ];
}

function rateOf(results: readonly Result[], label: string, workers = busy): number {
  return results.find((result) => result.workers === workers && result.label === label)?.perSecond ?? 0;
}

function ratioMark(what: string, ours: number, theirs: number, least: number, note: string): Mark {
  const ratio = ours / theirs;
  return {
    what,
    wanted: `≥ ${least}×`,
    measured: `${ratio.toFixed(2)}×`,
    met: ratio >= least,
    note: `${Math.round(ours)} against ${Math.round(theirs)} tasks/s ${note}`,
  };
}
