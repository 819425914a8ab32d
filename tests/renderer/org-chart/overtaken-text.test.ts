/** A text that was begun over a chart which has gone on since: it asks for what it changed, and never for the way back. */
import { expect, it } from 'vitest';
import { chartOf } from '../../../src/core/org/chart/org-chart.ts';
import { readChart, writeChart } from '../../../src/renderer/features/org-chart/company-yaml.ts';
import { company } from '../../core/companies.ts';

const about = { template: 'custom', version: 1 };

/** Meanwhile ann has moved to qa, and zoe has come. */
function goneOn() {
  const world = company({
    staff: {
      engineering: ['ann', 'bob'].map((name) => ({ name, role: 'engineer' })),
      qa: [{ name: 'tara', role: 'qa_eng' }],
    },
  });
  const over = chartOf(world.state);
  const { teamId } = world.member('tara');
  const { id } = world.member('ann');
  world.do('owner', { type: 'member.change', memberId: id, teamId });
  world.do('owner', { type: 'member.add', teamId, member: { name: 'zoe', role: 'qa_eng' } });
  return {
    id,
    tara: world.member('tara').id,
    over,
    now: chartOf(world.state),
    text: writeChart(null, over, about),
  };
}

it('asks for nothing when it says what it was begun over', () => {
  const { over, now, text } = goneOn();
  expect(readChart(text, over, new Map(), now)).toMatchObject({ ok: true, edits: [] });
});

it('asks for what it changed alone', () => {
  const { id, over, now, text } = goneOn();
  const changed = text.replace('name: ann,', 'name: anna,');
  expect(readChart(changed, over, new Map(), now)).toMatchObject({
    ok: true,
    edits: [{ type: 'member.change', memberId: id, member: { name: 'anna' } }],
  });
});

it('gives whoever it adds an id that nobody on the chart has', () => {
  const { over, now, text } = goneOn();
  const more = text.replace(/^( *)(- \{ name: bob,.*)$/m, '$1$2\n$1- { name: eve, role: engineer }');
  const first = readChart(more, over, new Map(), over);
  if (!first.ok) throw new Error(first.findings[0]?.message);
  const [added] = first.edits;
  const as = added?.type === 'member.add' ? added.as : undefined;
  const row = now.members.find(({ name }) => name === 'zoe');
  if (!row) throw new Error('zoe has come');
  const others = { ...now, members: [...now.members, { ...row, name: 'yan', id: as as typeof row.id }] };
  const later = readChart(more, over, new Map(), others);
  expect(later).toMatchObject({ ok: true, edits: [{ type: 'member.add', member: { name: 'eve' } }] });
  if (later.ok) expect(later.edits[0]).not.toMatchObject({ as });
});

it('asks which holds where both changed the same, at its line, and takes what is chosen', () => {
  const { id, tara, over, now, text } = goneOn();
  const lines = text.split('\n');
  const ann = lines.find((line) => line.includes('name: ann,')) ?? '';
  const changed = lines
    .filter((line) => line !== ann)
    .join('\n')
    .replace('name: tara,', 'name: tessa,');
  const asked = readChart(changed, over, new Map(), now);
  expect(asked).toMatchObject({
    ok: false,
    isOvertaken: true,
    findings: [{ message: 'ann: changed on the one side and removed on the other' }],
  });
  if (asked.ok) return;
  expect(changed.split('\n')[Number(asked.findings[0]?.line) - 1]).toContain('name: engineering team');

  const renamed = { type: 'member.change', memberId: tara, member: { name: 'tessa' } };
  expect(readChart(changed, over, new Map(), now, 'theirs')).toMatchObject({ ok: true, edits: [renamed] });
  expect(readChart(changed, over, new Map(), now, 'mine')).toMatchObject({
    ok: true,
    edits: [{ type: 'member.remove', memberId: id }, renamed],
  });
});
