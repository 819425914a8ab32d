/** A whole gate signed from Discord: a real host, the plugin as it is shipped, and people who press what they see. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { connect } from '../../../src/client/index.ts';
import { openHostWithChannel } from '../host-with-channel.ts';
import type { Message } from './discord-world.ts';
import { eve, olga, openService } from './opened-discord.ts';

it('is signed and sent back by a linked person, once, and by nobody else', async () => {
  const service = await openService();
  const { world } = service;
  const { token, ...settings } = service.settings;
  const { owner, dataDir, ...host } = await openHostWithChannel({
    ...{ plugin: 'discord', settings, secrets: { AGENTCOORD_CHANNEL_CHAT_TOKEN: token } },
  });
  while ((await host.channel()).state !== 'ready') await pause(50);
  const current = ({ channel_id, id }: Message) => world.message(channel_id, id);
  const asked = (title: string) =>
    service.sees(({ embeds, components }) => titled({ embeds }).startsWith(title) && components.length > 0);

  // Nobody is believed before they are linked, and a code works once.
  expect(await service.commands(eve, 'link', { code: 'AAAAA-AAAAA' })).toMatchObject({
    text: expect.stringContaining('The code is wrong'),
  });
  const code = await host.linkCode();
  const linked = await service.commands(olga, 'link', { code });
  expect(linked).toMatchObject({
    text: expect.stringMatching(/^You are .* from now on\.$/),
    forThemAlone: true,
  });
  expect(await service.commands(eve, 'link', { code })).toMatchObject({
    text: expect.stringContaining('was used'),
  });
  expect((await host.channel()).linked.map(({ person }) => person)).toEqual([olga]);

  const gateA = await host.askForApproval('Plan A');
  const planA = await asked('Plan A');
  const approve = planA.components[0]?.components[0]?.custom_id ?? '';
  expect(await service.presses(eve, planA, /^Approve/)).toMatchObject({
    ...{ text: expect.stringContaining('You are not linked'), forThemAlone: true },
  });
  const forged = `${approve.slice(0, -1)}${approve.endsWith('A') ? 'B' : 'A'}`;
  for (const customId of [forged, `act:c${approve.slice(5)}`, 'approve everything']) {
    expect(await service.pressesForged(olga, planA, customId)).toMatchObject({
      text: expect.stringMatching(/none of ours|Say why/),
    });
  }
  expect((await owner.query('gate', { gateId: gateA })).gate.state).toBe('waiting');
  expect(await service.commands(eve, 'status')).toMatchObject({
    text: expect.stringContaining('not linked'),
  });
  expect(await service.commands(olga, 'status')).toMatchObject({
    text: expect.stringMatching(/One gate waits for you:\n- Plan A, as em$/),
  });
  expect(await service.presses(olga, planA, /^Approve/)).toEqual({
    ...{ text: 'You have signed Plan A for em.', forThemAlone: true },
  });
  expect((await owner.query('gate', { gateId: gateA })).gate).toMatchObject({
    state: 'open',
    signOffs: [{ roleId: 'em' }],
  });
  // The message says so, and has no buttons any more; whoever kept one is refused.
  while (current(planA).components.length > 0) await pause(20);
  expect(await service.pressesForged(olga, planA, approve)).toMatchObject({
    text: expect.stringContaining('used already'),
  });
  const opened = await service.sees(({ channel_id }) => channel_id === planA.id);
  expect(titled(opened)).toBe('Plan A is open');

  const gateB = await host.askForApproval('Plan B');
  const planB = await asked('Plan B');
  const shown = await service.presses(olga, planB, /^Request changes/);
  const { form } = shown as { form: { custom_id: string } };
  expect(await service.fills(olga, planB, form.custom_id, 'Too short.')).toMatchObject({
    text: 'You have sent back Plan B for em.',
  });
  expect((await owner.query('gate', { gateId: gateB })).gate.refusal).toMatchObject({ note: 'Too short.' });
  const sendBack = planB.components[0]?.components[1]?.custom_id ?? '';
  expect(await service.pressesForged(olga, planB, sendBack.replace('ask:', 'act:'))).toMatchObject({
    text: expect.stringContaining('Say why'),
  });

  const gateC = await host.askForApproval('Plan C');
  const planC = await asked('Plan C');
  await owner.command({ type: 'approval.cancel', gateId: gateC });
  expect(await service.presses(olga, planC, /^Approve/)).toMatchObject({
    text: expect.stringContaining("can't be signed"),
  });

  // What is written below a message is a message of theirs on the board.
  const { events } = await owner.command({ type: 'thread.start', title: 'Lunch', text: 'Pizza?' });
  const posted = events.flatMap(({ event }) => (event.type === 'message.posted' ? [event.threadId] : []));
  const lunch = await service.sees(({ embeds }) => titled({ embeds }) === 'Lunch');
  while ((await host.channel()).outbox > 0) await pause(20);
  world.says(olga, world.roomId, 'Soup, please', lunch);
  world.says(eve, world.roomId, 'Cake!', lunch);
  await service.sees(({ content }) => content.startsWith('You are not linked'));
  const { messages } = await owner.query('thread', { threadId: posted[0] ?? ('' as never) });
  expect(messages.map(({ text }) => text)).toEqual(['Pizza?', 'Soup, please']);

  // What a member writes to one alone, that one reads alone, and answers there.
  {
    await using pia = await connect({ dataDir, member: 'pia' });
    await pia.send('owner', 'For you alone.');
  }
  const direct = await service.sees(({ embeds }) => embeds[0]?.['description'] === 'For you alone.');
  expect(world.channel(direct.channel_id)).toMatchObject({ type: 1, recipients: [{ id: olga.id }] });
  while ((await host.channel()).outbox > 0) await pause(20);
  world.says(olga, direct.channel_id, 'Thank you');
  const answered = async () => {
    const threads = await owner.query('threads', { limit: 50 });
    const texts = threads.map(
      async ({ thread }) => (await owner.query('thread', { threadId: thread.id })).messages,
    );
    return (await Promise.all(texts)).map((messages) => messages.map(({ text }) => text).join(' / '));
  };
  while (!(await answered()).includes('For you alone. / Thank you')) await pause(50);

  const refusals = (await host.refusals()).join('\n');
  for (const why of ['The code is wrong', 'not linked', 'none of ours', 'used already', "can't be signed"]) {
    expect(refusals).toContain(why);
  }
  // The token stands nowhere but in the keychain or the environment.
  const view = JSON.stringify([await owner.channels(), refusals]);
  expect(view).not.toContain(token);
  for (const name of await readdir(dataDir, { recursive: true })) {
    const bytes = await readFile(join(dataDir, name)).catch(() => Buffer.alloc(0));
    expect(bytes.includes(token), name).toBe(false);
  }
}, 180_000);

const titled = ({ embeds }: Pick<Message, 'embeds'>): string => String(embeds[0]?.['title'] ?? '');
