/** An approval that somebody asks for at the command line and waits for: a person gives one and rejects another in the UI. */
import { expect, it } from 'vitest';
import { runAgentcoord } from '../../cli/run-agentcoord.ts';
import { violations } from '../ui/accessibility.ts';
import { gateThatNeedsYou, signedHash, signers } from '../ui/steps.ts';
import { companyFrom } from './commands-in.ts';
import { openServedPage } from './served-page.ts';

it('is given and rejected in the gates of the UI, and whoever waits hears of it', async () => {
  const { page, dataDir, complaints } = await openServedPage({ prepare: companyFrom('startup') });
  const ask = (title: string, context: string) =>
    runAgentcoord([
      ...['approvals', 'request', '--data-dir', dataDir, '--json', '--title', title, '--context', context],
      ...['--role', 'em', '--human', '--allow-self', '--wait'],
    ]);

  const asked = ask('Ship on Friday', 'The **tests** pass.');
  const gate = await gateThatNeedsYou(page, 'Ship on Friday');
  await gate.getByText('approval that owner asked for').waitFor();
  await gate.getByText('tests', { exact: true }).waitFor();
  expect(await signedHash(gate)).toMatch(/^[0-9a-f]{64}$/);
  await gate.getByLabel('Note').fill('Go.');
  await gate.getByRole('button', { name: /^Approve/ }).click();
  await expect.poll(() => signers(gate).count()).toBe(1);
  const given = await asked;
  expect(given.code).toBe(0);
  expect(JSON.parse(given.stdout).approval).toMatchObject({
    state: 'open',
    slots: [{ role: 'em', signOff: { member: 'owner', note: 'Go.' } }],
  });

  const askedAgain = ask('Ship on Saturday', 'Nobody is there.');
  const other = await gateThatNeedsYou(page, 'Ship on Saturday');
  await other.getByLabel('Note').fill('Not when nobody is there.');
  await other.getByRole('button', { name: 'Reject' }).click();
  const rejected = await askedAgain;
  expect(rejected.code).toBe(1);
  expect(JSON.parse(rejected.stdout).approval).toMatchObject({
    state: 'rejected',
    refusal: { by: 'owner', note: 'Not when nobody is there.' },
  });
  await other.getByText('It was rejected, and that is final: Not when nobody is there.').waitFor();
  expect(await violations(page)).toEqual([]);

  const askedOnceMore = ask('Ship on Sunday', 'It is quiet.');
  const vetoed = await gateThatNeedsYou(page, 'Ship on Sunday');
  await vetoed.getByLabel('Note').fill('Never on a Sunday.');
  expect(await violations(page)).toEqual([]);
  await vetoed.getByRole('button', { name: 'Veto' }).click();
  const ruling = vetoed.getByRole('region', { name: 'This gate was vetoed' });
  await ruling.getByText('Never on a Sunday.').waitFor();
  expect(await violations(page)).toEqual([]);
  await ruling.getByLabel('Note').fill('So be it.');
  await ruling.getByRole('button', { name: 'Reject' }).click();
  expect((await askedOnceMore).code).toBe(1);
  expect(complaints).toEqual([]);
});
