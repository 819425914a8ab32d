/** Keeps a company in Redis while another host may be working for it where nobody sees it. */
import type { OpenCompany } from '../../coordinator/open-company.ts';
import { durationWords } from '../../core/duration-words.ts';
import { CoordError } from '../../core/error.ts';
import { defaultPolicy } from '../../core/org/policy.ts';
import { addMs, sinceMs } from '../../core/units.ts';

/**
 * One that is cut off goes on by itself with the tasks that are at home there, until the others would count it as lost.
 * Whoever takes the company along would do the same tasks.
 * @throws CoordError `WRONG_STATE` - naming it, and how long to wait
 */
export async function refuseWhileOthersAreCutOff({ coordinator }: OpenCompany): Promise<void> {
  const now = coordinator.now();
  const sights = new Map(coordinator.presence?.hosts().map((sight) => [sight.id, sight]));
  const { others, patience } = await coordinator.read(({ hosts, company }) => ({
    others: [...hosts.values()].filter(({ id, state }) => id !== coordinator.host && state === 'there'),
    patience: (company?.policy ?? defaultPolicy).hostLostAfter,
  }));
  for (const { id, name } of others) {
    const sight = sights.get(id);
    if (!sight || sight.isThere) continue;
    const lostAt = addMs(sight.seenAt, patience);
    if (lostAt <= now) continue;
    const wait = durationWords(sinceMs(now, lostAt));
    throw new CoordError(
      'WRONG_STATE',
      `The company was not moved: the host ${name} (${id}) is not connected, and may be doing tasks of its own meanwhile. ` +
        `Start it or wait until it is back; in ${wait} its tasks are others’`,
      { hostId: id, until: lostAt },
    );
  }
}
