/** Does one task with a model: opens it, gives it its tools and its prompt, and lets it run to its end. */
import { join } from 'node:path';
import type { RunContext, RunResult } from '../../contract/runner.ts';
import { CoordError } from '../../core/error.ts';
import { readOptions } from '../read-options.ts';
import { restWithoutQuota } from '../rest-without-quota.ts';
import { connectModel } from './connect-model.ts';
import { createFence } from './fence.ts';
import { llmOptionsSchema } from './llm-options.ts';
import { findPrice } from './model-price.ts';
import { ModelRun } from './model-run.ts';
import { CallFailed, PaidCalls } from './paid-calls.ts';
import { fillPrompt } from './prompt-template.ts';
import { promptValues } from './prompt-values.ts';
import { answerFor, roomFor } from './room.ts';
import { commandTool } from './tools/command-tool.ts';
import { companyTools, leadTools } from './tools/company-tools.ts';
import { answerTool, finishTool } from './tools/ending-tools.ts';
import { readingTools, writingTools } from './tools/file-tools.ts';
import type { LlmTool } from './tools/tool.ts';
import type { CommandPlace } from './workspace-copy.ts';
import { WorkspaceCopy } from './workspace-copy.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** What is assumed of a model that nobody knows more of, in tokens. */
const usualContext = 32_000;

/** @throws CoordError `RUNNER_FAILED` with the reason; what the budget or the lease refuses */
export async function runWithModel(context: RunContext): Promise<RunResult> {
  const options = readOptions('llm', llmOptionsSchema, context.options);
  const { brief, acts, handover, log, signal, guarded } = context;
  const access = requireAccess(context);
  const name = options.model ?? access.model;
  if (name === null) throw failed(`No model is named: set the member’s model, or one for ${access.provider}`);
  const stated = { byMember: options.price, byPerson: handover.prices[name] };
  const price = findPrice(access, name, stated);
  if (price.from === null) {
    log(
      `nobody knows what ${name} costs: only tokens are counted; say it as the member’s price, or in model-prices.yaml`,
    );
  }
  const sees = options.context ?? price.context;
  if (sees === null) log(unknownContext(name));
  const size = {
    context: sees ?? usualContext,
    answer: options.max_output_tokens ?? answerFor(sees ?? usualContext),
  };
  const calls = new PaidCalls(
    {
      access,
      name,
      model: connectModel(access, name),
      price,
      maxOutputTokens: size.answer,
      patience: options.call_timeout,
    },
    context,
  );
  const fence = createFence();
  const isReview = brief.task.kind === 'review';
  const files = new WorkspaceFiles(guarded, brief.task.title);
  const place = commandPlace(context);
  const rules = { allowed: options.allowed_commands, timeout: options.command_timeout };
  const refuseCommand = (line: string) =>
    acts.record(
      `ran no command: ${line.slice(0, 2_000)}`,
      'it is not among the commands that the agent may run',
    );
  const tools: LlmTool[] = [
    ...readingTools(files, fence),
    ...(isReview || options.read_only ? [] : writingTools(files)),
    ...(rules.allowed.length > 0 ? [commandTool(rules, place, fence, { log, signal }, refuseCommand)] : []),
    ...companyTools(acts, fence),
    ...(isReview || brief.reports.length === 0 ? [] : leadTools(acts, brief)),
    isReview ? answerTool() : finishTool(files),
  ];
  const room = roomFor(name, size, tools);
  const values = await promptValues(context, { allowed: rules.allowed, place, room }, fence);
  const run = new ModelRun({
    calls,
    tools,
    prompt: fillPrompt(promptText(context, isReview ? 'review' : options.prompt), values),
    room,
    maxTurns: options.max_turns,
    endsWith: isReview ? 'answer' : 'finish',
    log,
    record: acts.record,
  });
  try {
    return await run.toItsEnd();
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    if (error.fault.kind !== 'quota') throw failed(`${error.message}.`);
    return restWithoutQuota(context, error.message, error.fault.wait);
  }
}

function unknownContext(name: string): string {
  return `nobody knows how many tokens ${name} sees at once: ${usualContext} are assumed; say it as the member’s context. Servers such as Ollama cut off what is more without a word (num_ctx)`;
}

/** In its own worktree nobody else works, so there what a command writes is as good as what the model writes. */
function commandPlace(context: RunContext): CommandPlace {
  const { tree, workspace } = context;
  if (tree) return { folder: tree.folder, isKept: true, refresh: async () => undefined };
  return new WorkspaceCopy(context, join(workspace, 'copy'));
}

function requireAccess({ handover: { model } }: RunContext) {
  if (model === null)
    throw failed('The host handed over no access to a model: use the same AgentCoord for both');
  if ('refused' in model) throw failed(model.refused);
  return model;
}

function promptText({ handover: { prompts } }: RunContext, name: string): string {
  const text = Object.hasOwn(prompts, name) ? prompts[name] : undefined;
  if (text !== undefined) return text;
  const known = Object.keys(prompts).sort().join(', ');
  throw failed(
    `There is no text “${name}” for the prompt; there are ${known || 'none'}. Put ${name}.md into the folder prompts of the data directory`,
  );
}

function failed(words: string): CoordError {
  return new CoordError('RUNNER_FAILED', words);
}
