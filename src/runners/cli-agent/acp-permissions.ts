/** What an agent asks permission for: allowed by the member's options, or asked of people and roles as an approval. */
import type {
  PermissionOption,
  RequestPermissionRequest,
  RequestPermissionResponse,
} from '@agentclientprotocol/sdk';
import type { RunContext } from '../../contract/runner.ts';
import { CoordError } from '../../core/error.ts';
import type { CliAgentOptions } from './cli-agent-options.ts';

/** An agent that asks and asks is ended: nobody could answer that much. */
const maxAsked = 50;
const maxInput = 4_000;

export type AnswerPermission = (request: RequestPermissionRequest) => Promise<RequestPermissionResponse>;

/** @throws CoordError `RUNNER_FAILED` - it asked too often */
export function permissions(
  { brief, log, approve }: Pick<RunContext, 'brief' | 'log' | 'approve'>,
  { allow, ask }: Pick<CliAgentOptions, 'allow' | 'ask'>,
): AnswerPermission {
  let asked = 0;
  return async ({ toolCall, options }) => {
    const kind = toolCall.kind ?? 'other';
    const title = oneLine(toolCall.title ?? toolCall.name ?? kind);
    if (allow.includes(kind)) return answer(options, 'allow_once', 'allow_always');
    asked += 1;
    if (asked > maxAsked) {
      throw new CoordError('RUNNER_FAILED', `The agent asked for permission ${asked} times and was ended`);
    }
    log(`asks for permission (${kind}): ${title}`);
    const granted = await approve({
      title: `${brief.member.name} wants to: ${title}`.slice(0, 200),
      context: [
        `While working on "${brief.task.title}" (${brief.task.id}), the agent of ${brief.member.name} asks for permission.`,
        `Kind: ${kind}`,
        `What: ${title}`,
        `Input, as the agent gives it:\n\n${JSON.stringify(toolCall.rawInput ?? null, null, 2).slice(0, maxInput)}`,
      ].join('\n\n'),
      roles: ask,
    });
    log(`permission ${granted ? 'given' : 'refused'}: ${title}`);
    return granted
      ? answer(options, 'allow_once', 'allow_always')
      : answer(options, 'reject_once', 'reject_always');
  };
}

/** Once rather than for ever: the next time somebody is asked again. */
function answer(
  options: readonly PermissionOption[],
  ...kinds: readonly PermissionOption['kind'][]
): RequestPermissionResponse {
  for (const kind of kinds) {
    const option = options.find((one) => one.kind === kind);
    if (option) return { outcome: { outcome: 'selected', optionId: option.optionId } };
  }
  return { outcome: { outcome: 'cancelled' } };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 150);
