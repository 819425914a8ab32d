/** A whole gate signed from Slack: a real host, the plugin as it is shipped, and people who press what they see. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { connect } from '../../../src/client/index.ts';
import { openHostWithChannel } from '../host-with-channel.ts';
import type { PersonName, SlackButton, SlackMessage } from './slack-workspace.ts';
import { SlackWorkspace } from './slack-workspace.ts';

function buttonsOf({ blocks = [] }: SlackMessage): SlackButton[] {
  const found = blocks.find(({ type }) => type === 'actions');
  return ((found?.['elements'] ?? []) as SlackButton[]).filter(({ value }) => value !== undefined);
}

const shown = (message: SlackMessage): string => JSON.stringify(message.blocks);

it('is signed slot by slot, sent back with a reason, and by nobody who is not entitled', async () => {
  const workspace = await SlackWorkspace.open();
  onTestFinished(() => workspace.close());
  const { botToken, appToken, ...settings } = workspace.settings;
  const secrets = {
    AGENTCOORD_CHANNEL_CHAT_BOT_TOKEN: botToken,
    AGENTCOORD_CHANNEL_CHAT_APP_TOKEN: appToken,
  };
  const { owner, dataDir, ...host } = await openHostWithChannel({ plugin: 'slack', settings, secrets });
  while ((await host.channel()).state !== 'ready') await pause(50);
  /** What they are told, each by a line of their own: it may come with the acknowledgement or after it. */
  const told = async (who: PersonName, act: () => Promise<unknown>): Promise<string> => {
    const before = workspace.whispers.length;
    const acked = await act();
    if (typeof acked === 'string' && acked !== '') return acked;
    while (workspace.whispers.length === before) await pause(10);
    const whisper = workspace.whispers[before];
    expect(whisper?.user).toBe(workspace.idOf(who));
    return whisper?.text ?? '';
  };
  const commands = (who: PersonName, text: string) => told(who, () => workspace.commands(who, text));
  const presses = (who: PersonName, message: SlackMessage, button: SlackButton | undefined) =>
    told(who, async () => {
      if (!button) throw new Error('there is no such button');
      await workspace.presses(who, message, button);
    });
  const asked = (title: string) =>
    workspace.sees((message) => message.text.includes(`${title} waits`) && buttonsOf(message).length > 0);
  const ask = async (title: string, roles: Record<string, number>) => {
    const request = { type: 'approval.request', title, context: `May ${title} go on?`, roles } as const;
    const { events } = await owner.command({ ...request, selfApproval: 'allowed' });
    for (const { event } of events) if (event.type === 'gate.asked') return event.gateId;
    throw new Error('no gate was asked');
  };

  // Nobody is believed before they are linked, and a code works once.
  expect(await commands('eve', 'link AAAAA-AAAAA')).toContain('The code is wrong');
  expect(await commands('eve', 'status')).toContain('You are not linked');
  const code = await host.linkCode();
  expect(await commands('olga', `link ${code}`)).toMatch(/^You are .* from now on\.$/);
  expect(await commands('eve', `link ${code}`)).toContain('was used');
  expect((await host.channel()).linked.map(({ person }) => person)).toEqual([
    { id: workspace.idOf('olga'), name: 'olga' },
  ]);

  // Two slots, one after the other: the message follows.
  await owner.command({ type: 'company.configure', policy: { owner_may_fill_several_slots: true } });
  const gateA = await ask('Plan A', { em: 1, qa_lead: 1 });
  const gate = async () => (await owner.query('gate', { gateId: gateA })).gate;
  const planA = await asked('Plan A');
  const [first] = buttonsOf(planA);
  expect(await presses('eve', planA, first)).toContain('You are not linked');
  const token = first?.value ?? '';
  const forged = [
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
    `c${token.slice(1)}`,
    'approve everything',
  ];
  for (const value of forged) {
    expect(await presses('olga', planA, { action_id: 'sign:0', text: { text: 'Approve' }, value })).toMatch(
      /none of ours|Say why/,
    );
  }
  expect((await gate()).signOffs).toEqual([]);
  expect(await commands('olga', 'status')).toMatch(/One gate waits for you:\n- Plan A, as /);
  expect(await presses('olga', planA, first)).toMatch(/^You have signed Plan A for (em|qa_lead)\.$/);
  expect(await presses('olga', planA, first)).toContain('used already');
  const half = await workspace.sees(
    (message) =>
      message.ts === planA.ts && buttonsOf(message).length > 0 && buttonsOf(message)[0]?.value !== token,
  );
  expect(shown(half)).toContain('Signed so far');
  expect((await gate()).state).toBe('waiting');
  expect(await presses('olga', half, buttonsOf(half)[0])).toMatch(
    /^You have signed Plan A for (em|qa_lead)\.$/,
  );
  expect((await gate()).state).toBe('open');
  expect(new Set((await gate()).signOffs.map(({ roleId }) => String(roleId)))).toEqual(
    new Set(['em', 'qa_lead']),
  );
  const done = await workspace.sees((message) => message.ts === planA.ts && buttonsOf(message).length === 0);
  expect(shown(done)).toContain('Plan A is open');

  // Sent back, with the reason from the form.
  const gateB = await ask('Plan B', { em: 1 });
  const planB = await asked('Plan B');
  const [, changes] = buttonsOf(planB);
  if (!changes) throw new Error('it can’t be sent back');
  await workspace.presses('olga', planB, changes);
  while (workspace.called('views.open').length === 0) await pause(10);
  await workspace.submits('olga', 'Too short.');
  const refusal = async () => (await owner.query('gate', { gateId: gateB })).gate.refusal;
  while ((await refusal()) === null) await pause(20);
  expect(await refusal()).toMatchObject({ note: 'Too short.' });

  // What nobody asks any more, nobody signs.
  const gateC = await ask('Plan C', { em: 1 });
  const planC = await asked('Plan C');
  await owner.command({ type: 'approval.cancel', gateId: gateC });
  expect(await presses('olga', planC, buttonsOf(planC)[0])).toContain("can't be signed");

  // What is written below a message is a message of theirs on the board; Slack may want us to wait, and all comes in order.
  workspace.breaks('chat.postMessage', { status: 429, retryAfter: 1 });
  const { events } = await owner.command({ type: 'thread.start', title: 'Lunch', text: 'Pizza?' });
  const posted = events.flatMap(({ event }) => (event.type === 'message.posted' ? [event.threadId] : []));
  const threadId = posted[0] ?? ('' as never);
  await owner.command({ type: 'message.post', threadId, text: 'Or soup.' });
  const lunch = await workspace.sees(({ text }) => text === 'Lunch: Pizza?');
  while ((await workspace.messages(workspace.channel, lunch.ts)).length < 2) await pause(20);
  await workspace.writes('olga', 'Soup, please', { thread: lunch, times: 2 });
  await workspace.writes('eve', 'Cake!', { thread: lunch });
  while (!workspace.called('chat.postEphemeral').some(({ body }) => body['user'] === workspace.idOf('eve')))
    await pause(20);
  const { messages } = await owner.query('thread', { threadId });
  expect(messages.map(({ text }) => text)).toEqual(['Pizza?', 'Or soup.', 'Soup, please']);
  const room = await workspace.directWith('olga');
  await workspace.writes('olga', 'status', { channel: room });
  while (
    !workspace.called('chat.postMessage').some(({ body }) => String(body['text']).startsWith('You are '))
  )
    await pause(20);

  // What a member writes to one alone, that one reads alone.
  {
    await using pia = await connect({ dataDir, member: 'pia' });
    await pia.send('owner', 'For you alone.');
  }
  await workspace.sees(({ text }) => text.includes('For you alone.'), room);
  expect((await workspace.messages()).filter(({ text }) => text.includes('For you alone.'))).toEqual([]);

  const refusals = (await host.refusals()).join('\n');
  for (const why of ['The code is wrong', 'not linked', 'none of ours', 'used already', "can't be signed"]) {
    expect(refusals).toContain(why);
  }
  // The tokens stand nowhere but in the keychain or the environment.
  const said = JSON.stringify([await owner.channels(), refusals]);
  for (const secret of [botToken, appToken]) {
    expect(said).not.toContain(secret);
    for (const name of await readdir(dataDir, { recursive: true })) {
      const bytes = await readFile(join(dataDir, name)).catch(() => Buffer.alloc(0));
      expect(bytes.includes(secret), name).toBe(false);
    }
  }
}, 180_000);
