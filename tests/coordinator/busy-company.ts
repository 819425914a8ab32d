/** A company with a past: people and agents have worked in it for a while, as a seed has it. */
import type { EventLog } from '../../src/contract/event-log.ts';
import { sha256 } from '../../src/coordinator/world.ts';
import type { OpenedCompany } from './kit.ts';
import { claim, complete, createTasks, openCompany, startWorker } from './kit.ts';

/** Seconds pass between the rounds. */
export async function busyCompany(
  random: () => number,
  options: { log: EventLog; rounds?: number; snapshotEvery?: number },
): Promise<OpenedCompany> {
  const { rounds = 25, ...rest } = options;
  const company = await openCompany({ snapshotEvery: 30, ...rest });
  const { as, world } = company;
  const workers = { ada: await startWorker(company, 'ada'), bo: await startWorker(company, 'bo') };
  await as('owner', {
    type: 'epic.create',
    workflow: 'small',
    title: 'Launch',
    description: 'Soon',
  } as never);
  for (let round = 0; round < rounds; round += 1) {
    world.pass(1_000);
    const name = random() < 0.5 ? 'ada' : 'bo';
    const dice = random();
    if (dice < 0.3) await createTasks(company, 1 + Math.floor(random() * 3));
    else if (dice < 0.4) await as(name, { type: 'company.configure', name: 'Mine' }).catch(() => null);
    else if (dice < 0.5) {
      await as(name, {
        type: 'decision.log',
        kind: 'library',
        context: `round ${round}`,
        reason: 'It fits.',
      });
    } else {
      const claimed = await claim(company, name, workers[name]);
      if (claimed && random() < 0.7) await complete(company, name, claimed, sha256(`round ${round}`));
      else if (claimed) await as(name, { type: 'task.release', ...claimed, reason: 'no time' });
    }
  }
  return company;
}
