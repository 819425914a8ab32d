/** Finds the artifact that a person means by its SHA-256, or by the beginning of it. */
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import type { ArtifactHash } from '../../core/ids.ts';
import { artifactHashSchema } from '../../core/ids.ts';
import type { Artifact } from '../../core/task/task.ts';
import { theOne } from '../find-named.ts';
import { plainLine } from '../output/plain-text.ts';
import { readState } from '../read-state.ts';

/** Fewer letters stand for too many. */
const fewest = 6;
const beginning = new RegExp(`^[0-9a-f]{${fewest},63}$`);

/**
 * A whole hash is taken as it is, also when what named it has left the state.
 * @throws CoordError `BAD_INPUT` - it is no hash, or several begin so; `NOT_FOUND` - none does
 */
export async function findArtifact(coordination: Coordination, key: string): Promise<ArtifactHash> {
  const { data: whole } = artifactHashSchema.safeParse(key);
  if (whole) return whole;
  if (!beginning.test(key)) {
    throw new CoordError(
      'BAD_INPUT',
      `“${plainLine(key)}” is no SHA-256: give its ${fewest} first digits or more, as \`agentcoord gates\` and \`task show\` print them`,
      { key },
    );
  }
  const fitting = (await handedIn(coordination)).filter(({ hash }) => hash.startsWith(key));
  const rows = [...new Map(fitting.map((one) => [one.hash, one])).values()];
  const found = theOne('artifact', key, {
    rows: rows.map(({ hash, path, bytes }) => ({ id: hash, name: path, hint: `${bytes} bytes` })),
    total: rows.length,
  });
  if (found) return found.id;
  throw new CoordError('NOT_FOUND', `Nothing was handed in whose SHA-256 begins with ${key}. Is it whole?`, {
    key,
  });
}

/** All that tasks, gates and approvals of the state name. */
async function handedIn(coordination: Coordination): Promise<Artifact[]> {
  const [gates, state] = await Promise.all([
    coordination.query('gates', { all: true }),
    readState(coordination),
  ]);
  const tasks = [...state.tasks.values()];
  return [
    ...gates.flatMap(({ artifacts }) => artifacts),
    ...tasks.flatMap(({ submission, questions }) => [
      ...(submission?.artifacts ?? []),
      ...questions.flatMap(({ answer }) => answer?.artifacts ?? []),
    ]),
  ];
}
