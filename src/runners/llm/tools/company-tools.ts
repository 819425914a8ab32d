/** The tools by which an agent speaks with others: the board, questions, approvals, and parts of a task. */
import { z } from 'zod';
import type { Colleague, CompanyActs } from '../../../contract/company-acts.ts';
import type { TaskBrief } from '../../../contract/queries.ts';
import { CoordError } from '../../../core/error.ts';
import { suggestion } from '../../../core/nearest-name.ts';
import type { Fence } from '../fence.ts';
import type { LlmTool } from './tool.ts';
import { defineTool, fencedAll } from './tool.ts';

const textSchema = z.string().trim().min(1).max(10_000);

export function companyTools(acts: CompanyActs, fence: Fence): LlmTool[] {
  const said = (entries: Awaited<ReturnType<CompanyActs['readThread']>>) =>
    entries.length === 0
      ? 'There is nothing.'
      : fencedAll(
          fence,
          entries.map(({ threadId, title, by, text }) => ({
            what: `${by} in ${threadId}, “${title}”`,
            text,
          })),
        );
  return [
    defineTool(
      'list_colleagues',
      'Lists everybody in the company, with their roles.',
      z.object({}),
      async () => {
        const lines = (await acts.colleagues()).map(
          ({ name, kind, roleIds, isOwner }) =>
            `${name}: ${kind}, ${roleIds.join(', ')}${isOwner ? ', the owner' : ''}`,
        );
        return fence('colleagues', lines.join('\n') || 'There is nobody else.');
      },
    ),
    defineTool(
      'read_board',
      'Reads the board: the newest messages, those with some words, or all of one thread.',
      z.object({ words: z.string().max(200).optional(), thread: z.string().max(80).optional() }),
      async ({ words, thread }) =>
        said(thread === undefined ? await acts.readBoard(words ?? null) : await acts.readThread(thread)),
    ),
    defineTool(
      'post_message',
      'Writes on the board: in a thread, or with a title in a new one. @name reaches somebody. Nobody has to answer; to wait for an answer use `ask`.',
      z.object({
        text: textSchema,
        title: z.string().trim().min(1).max(200).optional(),
        thread: z.string().max(80).optional(),
      }),
      async ({ text, title, thread }) => {
        if (thread === undefined)
          return `Posted in ${await acts.startThread(title ?? text.slice(0, 80), text)}.`;
        await acts.reply(thread, text);
        return `Posted in ${thread}.`;
      },
    ),
    defineTool(
      'ask',
      'Asks a colleague, or the owner (`owner`), what you must know to go on. Your task waits and this run ends; the next one begins with the answer. Write to files what you have found so far.',
      z.object({ to: z.string().trim().min(1).max(80), question: textSchema }),
      async ({ to, question }) => {
        const asked = named(await acts.colleagues(), to);
        await acts.ask(asked.id, question);
        return { result: { kind: 'waits', words: `asked ${asked.name}` } };
      },
    ),
    defineTool(
      'request_approval',
      'Asks roles to approve something outside your task’s own gates, such as a purchase. You can’t give it yourself. The run goes on; `see_approval` tells what became of it.',
      z.object({
        title: z.string().trim().min(1).max(200),
        context: textSchema.describe('all that the signers must know'),
        roles: z.record(z.string(), z.number().int().min(1).max(20)).describe('such as {"em": 1}'),
        by_a_person: z.boolean().default(false),
      }),
      async ({ title, context, roles, by_a_person: humanRequired }) => {
        const { gateId, state } = await acts.requestApproval({ title, context, roles, humanRequired });
        return `Asked for as ${gateId}: ${state}.`;
      },
    ),
    defineTool(
      'see_approval',
      'Tells whether an approval that was asked for is given (`open`), waits or was turned down.',
      z.object({ id: z.string().min(1).max(80) }),
      async ({ id }) => {
        const { state, note } = await acts.approval(id);
        return note === '' ? `${id}: ${state}.` : `${id}: ${state}.\n${fence('note', note)}`;
      },
    ),
  ];
}

/** For whoever leads somebody. */
export function leadTools(acts: CompanyActs, { reports, parts }: TaskBrief): LlmTool[] {
  const names = reports.map(({ name, roleIds }) => `${name} (${roleIds.join(', ')})`).join(', ');
  const tools = [
    defineTool(
      'create_parts',
      `Gives those whom you lead parts of your task, to be done at the same time unless one comes after another. You lead ${names}. Then call wait_for_parts.`,
      z.object({
        parts: z
          .array(
            z.object({
              title: z.string().trim().min(1).max(200),
              description: z.string().max(20_000).describe('all that they must know'),
              to: z.string().trim().min(1).max(80).describe('the name of somebody you lead'),
              after: z
                .array(z.number().int().positive())
                .max(20)
                .default([])
                .describe('numbers of parts before it'),
            }),
          )
          .min(1)
          .max(20),
      }),
      async ({ parts: wishes }) => {
        const made = await acts.divide(
          wishes.map(({ to, ...wish }) => ({ ...wish, assigneeId: named(reports, to).id })),
        );
        return `Created: ${made.map((id, at) => `${id} “${wishes[at]?.title}”`).join(', ')}.`;
      },
    ),
    defineTool(
      'wait_for_parts',
      'Your task waits until every part of it is over, and this run ends; the next one begins with the results.',
      z.object({}),
      async () => {
        await acts.awaitParts();
        return { result: { kind: 'waits', words: 'waits for its parts' } };
      },
    ),
  ];
  if (parts.length === 0) return tools;
  return [
    ...tools,
    defineTool(
      'return_part',
      'Sends a part that is done back to whoever did it, with a note. Then call wait_for_parts.',
      z.object({ part: z.string().min(1).max(80), note: textSchema }),
      async ({ part, note }) => {
        await acts.returnPart(part, note.slice(0, 2_000));
        return `${part} is sent back.`;
      },
    ),
  ];
}

function named<Who extends Pick<Colleague, 'name'>>(all: readonly Who[], name: string): Who {
  const wanted = name.replace(/^@/, '').toLowerCase();
  const found = all.find(
    (one) => one.name.toLowerCase() === wanted || (wanted === 'owner' && 'isOwner' in one && one.isOwner),
  );
  if (found) return found;
  throw new CoordError(
    'NOT_FOUND',
    `There is no ${name} to turn to: ${suggestion(
      name,
      all.map((one) => one.name),
    )}`,
    { name },
  );
}
