/** The dashboard in a real terminal: the first run to a finished epic, a signature, a host that goes and comes back. */
import { expect, it } from 'vitest';
import { newPlace } from '../../cli/place.ts';
import { expectWhole, openTerminal } from './terminal.ts';

it('leads a newcomer from a template to a finished epic, at 80×24', async () => {
  const { dataDir } = await newPlace();
  const terminal = await openTerminal([], { columns: 80, rows: 24, env: { AGENTCOORD_DATA_DIR: dataDir } });
  await terminal.shows('How is your company staffed?');
  // What most begin with comes first, and what a company can't finish is said before it is chosen.
  const choice = await terminal.shows(/▸ Startup/);
  expect(choice).toMatch(/It runs bug, feature[^\n]*\n✗ It can’t finish launch yet: [\s\S]*support_lead/);
  await terminal.press('Down', 'Down');
  await terminal.shows(/▸ Scaleup/);
  await terminal.press('Enter');
  await terminal.shows('What is it called?');
  await terminal.type('Größe 漢字');
  await terminal.press('Enter');
  await terminal.shows('Give it its first epic');
  expect(await terminal.screen()).toContain('Workflow ‹ feature (');
  await terminal.type('Fix the login');
  await terminal.press('Down');
  await terminal.type('b');
  await terminal.shows('‹ bug (3 steps) ›');
  await terminal.press('C-s');
  expectWhole(await terminal.shows(/✓ completed +Fix the login.*3\/3/), 80);
  expect(await terminal.shows('✓ qa_verification')).toContain('Größe 漢字');
  await terminal.press('4');
  await terminal.shows('handed in after');
  await terminal.press('?');
  expectWhole(await terminal.shows('EVERYWHERE'), 80);
  // Escape and a letter at once would be another key.
  await terminal.press('Escape');
  await terminal.hides('EVERYWHERE');
  await terminal.press('P');
  await terminal.type('lunch');
  await terminal.press('Enter');
  await terminal.shows('‖ PAUSED lunch');
  await terminal.press('2', 'n');
  await terminal.type('Later');
  await terminal.press('C-s');
  await terminal.shows(/▸○ ready +Later/);
  await terminal.press('q');
  expectWhole(await terminal.shows(/This terminal runs the host: 1 task ready[\s\S]*Quit\?/), 80);
  await terminal.press('n');
  await terminal.hides('Quit?');
  await terminal.press('q', 'y');
  await terminal.shows('ended with 0');
});

it('signs a gate with the evidence in sight, follows a resize, and comes back when its host does', async () => {
  const place = await newPlace();
  await place.run('init', '--template', 'scaleup', '--name', 'Acme');
  let host = await place.serve();
  await place.run('epic', 'create', '--workflow', 'launch', '--title', 'Ship \u001b[31mit 🚀');
  const terminal = await openTerminal(['--data-dir', place.dataDir, 'dashboard'], { columns: 120, rows: 40 });
  await terminal.shows(/◆ needs you +readiness_check/);
  await terminal.press('g', 'Enter');
  expectWhole(await terminal.shows('# Test report'), 120);
  await terminal.press('c');
  await terminal.shows('send it back');
  await terminal.press('Enter');
  await terminal.shows('Note is needed');
  await terminal.type('Say who is called at night');
  await terminal.press('Enter');
  await terminal.shows('readiness_check went back with your note');
  await terminal.press('1');
  await terminal.shows(/◆ needs you +readiness_check/);
  await terminal.press('g', 'Enter');
  await terminal.shows('# Test report');
  await terminal.press('v');
  await terminal.shows('Nothing goes on here until somebody arbitrates.');
  await terminal.type('Not before Monday');
  await terminal.press('Enter');
  await terminal.shows('readiness_check is vetoed');
  expectWhole(await terminal.shows('owner: Not before Monday'), 120);
  await terminal.press('r');
  await terminal.shows('Rule on readiness_check');
  await terminal.press('Tab');
  await terminal.type('It is Monday');
  await terminal.press('Enter');
  await terminal.shows(/readiness_check ◆ waiting|needs you +readiness_check/);
  await terminal.resize(80, 24);
  expectWhole(await terminal.shows(/┄{80}/), 80);
  await terminal.press('a');
  await terminal.shows('sign it');
  await terminal.type('Go');
  await terminal.press('Enter');
  await terminal.shows('is signed by you');
  await terminal.press('1');
  await terminal.shows(/✓ completed +Ship it 🚀/u);

  await host.end();
  expectWhole(await terminal.shows('✗ NO HOST'), 80);
  await terminal.press('e');
  await terminal.type('Too early');
  await terminal.press('C-s');
  await terminal.shows('NOT_CONNECTED');
  host = await place.serve('--workers', '0');
  await terminal.hides('NO HOST');
  await terminal.press('C-s');
  await terminal.shows('“Too early” is on its way');
  await terminal.press('P');
  await terminal.type('lunch');
  await terminal.press('Enter');
  await terminal.shows('‖ PAUSED lunch');
  expect(await terminal.colours()).toContain('\u001b[38;5;');
  await terminal.press('C-c');
  await terminal.shows('ended with 0');
});

it('speaks plainly without colours, and is for a terminal alone', async () => {
  const place = await newPlace();
  await place.run('init', '--template', 'startup', '--name', 'Acme');
  await place.serve('--workers', '0');
  const options = { columns: 80, rows: 24, env: { NO_COLOR: '1' } };
  const terminal = await openTerminal(['--data-dir', place.dataDir, 'dashboard', '--plain'], options);
  await terminal.shows('The company has nothing to do yet.');
  expect(await terminal.colours()).not.toContain('\u001b[38;5;');
  await terminal.press('q');
  await terminal.shows('ended with 0');
  expect(await place.run('dashboard')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('terminal'),
  });
  expect(await place.run()).toMatchObject({ code: 2 });
});

it('asks which of two companies is meant', async () => {
  const place = await newPlace();
  await place.run('init', '--template', 'startup', '--name', 'Acme');
  await place.run('init', '--template', 'scaleup', '--name', 'Globex');
  await place.serve('--workers', '0');
  const terminal = await openTerminal(['--data-dir', place.dataDir, 'dashboard'], { columns: 80, rows: 24 });
  expect(await terminal.shows('Which company?')).toMatch(/Acme +startup[\s\S]*Globex +scaleup/);
  await terminal.press('Down');
  await terminal.shows('▸ Globex');
  await terminal.press('Enter');
  expectWhole(await terminal.shows(/AGENTCOORD Globex/), 80);
  await terminal.press('q');
  await terminal.shows('ended with 0');
});
