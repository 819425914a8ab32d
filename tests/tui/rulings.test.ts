/** What waits for a ruling at the dashboard: a vetoed gate, and what a host did alone that did not fit any more. */
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { CommandInput } from '../../src/core/command.ts';
import { hostAlone } from '../../src/core/context.ts';
import type { HostId } from '../../src/core/ids.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { frame } from '../../src/tui/frame/frame.ts';
import { press } from '../../src/tui/model/press.ts';
import type { View } from '../../src/tui/model/screen.ts';
import { nothingFetched } from '../../src/tui/model/screen.ts';
import type { Ui } from '../../src/tui/model/ui.ts';
import { firstUi, goTo } from '../../src/tui/model/ui.ts';
import { gatesScreen } from '../../src/tui/screens/gates-screen.ts';
import { screens } from '../../src/tui/screens/screens.ts';
import { inkFor } from '../../src/tui/text/ink.ts';
import { company, oneGate } from '../core/companies.ts';
import { host } from '../core/kit.ts';
import { handIn } from './full-company.ts';

type Scene = ReturnType<typeof company>;

function viewOf({ state }: Scene, self = state.company?.ownerId ?? null): View {
  const now = (state.company?.createdAt ?? 0) as EpochMs;
  return { state, self, hostId: null, now, fetched: nothingFetched, showsAll: false, by: 'task', nth: 0 };
}

/** As the terminal does, on the screen of the gates. @returns the place, and the last command that was given */
function after(view: View, ...keys: readonly string[]): { ui: Ui; command: CommandInput | undefined } {
  let ui: Ui = goTo(firstUi, 'gates');
  let command: CommandInput | undefined;
  for (const key of keys) {
    const rows = gatesScreen.rows(view);
    ui = { ...ui, selected: ui.selected ?? rows[0]?.id ?? null };
    const pressed = press({ ui, view, screens, screen: gatesScreen, rows, page: 10, detailLines: 30 }, key);
    ui = pressed.ui;
    command = pressed.command?.command ?? command;
  }
  return { ui, command };
}

function draw(view: View, ui: Ui, width = 80, height = 23): string {
  const rows = gatesScreen.rows(view);
  const shown = { ...ui, selected: ui.selected ?? rows[0]?.id ?? null };
  return frame({
    ...{ width, height, ink: inkFor(0), ui: shown, view, status: { kind: 'live' }, screens },
    ...{ screen: gatesScreen, rows, note: '' },
  })
    .map(stripVTControlCharacters)
    .join('\n');
}

function vetoed(): Scene {
  const scene = company();
  scene.do('owner', {
    ...{ type: 'approval.request', title: 'Buy lamps', context: 'It is dark.', roles: { em: 1 } },
    selfApproval: 'allowed',
  } as never);
  const [gate] = [...scene.state.index.gatesByState.get('waiting')];
  const veto = { type: 'gate.sign', gateId: gate?.id, decision: 'veto', note: 'too bright' };
  scene.do('owner', { ...veto, artifactHash: gate?.artifactHash } as never);
  return scene;
}

function torn(): Scene {
  const scene = company();
  scene.choice = () => ({ ...hostAlone, sharesLog: true, host: 'host_a' as HostId });
  scene.do(host, { type: 'host.join', name: 'server' });
  scene.do(host, {
    type: 'conflict.record',
    conflict: {
      actor: scene.actor('ann'),
      command: { type: 'task.complete', note: '\u001b[2J' },
      events: [],
      refusal: { code: 'LEASE_LOST', message: 'bob has it by now' },
      decidedAt: scene.now,
    },
  } as never);
  return scene;
}

it('says who vetoed a gate and why, and takes a ruling with its note', () => {
  const scene = vetoed();
  const view = viewOf(scene);
  const { ui } = after(view, 'r');
  expect(draw(view, ui)).toMatch(/Rule on Buy lamps[\s\S]*owner vetoed it: too bright/);
  const [gate] = [...scene.state.index.gatesByState.get('vetoed')];
  const lifted = after(view, 'r', 'tab', ...'dim ones', 'enter').command;
  expect(lifted).toEqual({ type: 'gate.arbitrate', gateId: gate?.id, ruling: 'resume', note: 'dim ones' });
  const back = after(view, 'r', 'right', 'tab', ...'no', 'enter').command;
  expect(back).toMatchObject({ ruling: 'rework', note: 'no' });
  // Without a reason it does not go.
  expect(after(view, 'r', 'ctrl+s').command).toBeUndefined();
  scene.do('owner', lifted as never);
  expect(scene.state.gates.get(gate?.id as never)?.state).toBe('waiting');
});

it('lets nobody rule who may not, and says why', () => {
  const scene = vetoed();
  const [ann] = [...scene.state.index.membersByName.get('ann')];
  const view = viewOf(scene, ann?.id ?? null);
  expect(draw(view, after(view).ui)).not.toContain('rule on the veto');
  expect(after(view, 'r').ui.notice).toMatchObject({ text: expect.stringMatching(/may rule on Buy lamps/) });
});

it('shows what did not fit any more, and applies it again or drops it', () => {
  const scene = torn();
  const view = viewOf(scene);
  const [conflict] = [...scene.state.conflicts.values()];
  const screen = draw(view, after(view).ui);
  expect(screen).toMatch(/⇄ needs you task\.complete +ann: bob has it by now/);
  const detail = draw(view, after(view, 'enter').ui, 120, 39);
  expect(detail).toContain('LEASE_LOST');
  expect(after(view, 'R', 'enter').command).toEqual({ type: 'conflict.reapply', conflictId: conflict?.id });
  const drop = after(view, 'x', ...'late', 'enter').command;
  expect(drop).toEqual({ type: 'conflict.drop', conflictId: conflict?.id, reason: 'late' });
  scene.do('owner', drop as never);
  expect(gatesScreen.rows(viewOf(scene))).toEqual([]);
});

it('leaves conflicts to those who settle them', () => {
  const scene = torn();
  const [ann] = [...scene.state.index.membersByName.get('ann')];
  const view = viewOf(scene, ann?.id ?? null);
  expect(after(view, 'R').ui.notice).toMatchObject({ text: expect.stringMatching(/settles conflicts/) });
});

it('sets a gate aside for a while, says so, and takes it up again', () => {
  const work = oneGate({ name: 'review', position: 'after', requires: { em: 1 }, human_required: true });
  const scene = company({ workflows: [work] });
  scene.do('owner', { type: 'epic.create', title: 'Lamps', workflow: 'one_gate' });
  handIn(scene, 'ann');
  expect(draw(viewOf(scene), after(viewOf(scene)).ui)).toMatch(/needs you.* review/);
  const refused = after(viewOf(scene), 's', 'down', 'enter').ui;
  expect(refused.form?.form.error).toBe('Reason is needed');
  const { command } = after(viewOf(scene), 's', 'right', 'down', 'the plumber is here', 'ctrl+s');
  expect(command).toMatchObject({ type: 'gate.set_aside', lasting: 4 * 3_600_000 });
  scene.do('owner', command as never);
  const shown = draw(viewOf(scene), after(viewOf(scene)).ui, 120);
  expect(shown).not.toContain('needs you');
  expect(shown).toMatch(/aside +owner comes back to it in .*: the plumber is/);
  expect(shown).toContain('s take up again');
  const again = after(viewOf(scene), 's').command;
  expect(again).toMatchObject({ type: 'gate.take_up' });
  scene.do('owner', again as never);
  expect(draw(viewOf(scene), after(viewOf(scene)).ui)).toMatch(/needs you.* review/);
});
