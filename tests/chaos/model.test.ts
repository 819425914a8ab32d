/** A company in a log behind a coordinator, and a model of it in memory, are given the same random commands. */
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../seeded-random.ts';
import { announceSeed, inThisRun, timeout } from './chaos-run.ts';
import { logPlaces } from './model-logs.ts';
import { ModelRun } from './model-run.ts';

const commands = inThisRun({ short: 1_500, long: 50_000 });
/** A company that is led by chance has lost its way after some thousand moves: then comes the next one. */
const perCompany = inThisRun({ short: 750, long: 2_500 });

describe.each(logPlaces)('a company in a log: %s', (name, makePlace) => {
  it(`is what the model says over ${commands} random commands`, { timeout }, async () => {
    const random = seededRandom(announceSeed(`model on ${name}`));
    const total = { commands: 0, refused: 0, checks: 0, restarts: 0, shared: 0 };
    let companies = 0;
    for (; total.commands < commands; companies += 1) {
      const run = await ModelRun.open(await makePlace(), random);
      await run.live(perCompany);
      await run.finish();
      for (const what of Object.keys(total) as (keyof typeof total)[]) total[what] += run.counts[what];
    }
    console.log(
      `model on ${name}: ${total.commands} commands to ${companies} companies, ${total.refused} refused, ` +
        `${total.restarts} restarts, ${total.shared} batches of two hosts, equal at ${total.checks} checks`,
    );
    expect(total.commands - total.refused).toBeGreaterThan(commands / 3);
    expect(total.restarts).toBeGreaterThan(companies);
    expect(total.shared).toBeGreaterThan(0);
  });
});
