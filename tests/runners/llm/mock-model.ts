/** A model that others wrote, on a real socket: aimock, which speaks the protocols of the providers. */
import type { ChatCompletionRequest, FixtureOpts, FixtureResponse } from '@copilotkit/aimock';
import { LLMock } from '@copilotkit/aimock';
import type { ModelAccess, ModelKind } from '../../../src/contract/model-access.ts';

/** What it says to the call of that number, from 0, with what it was asked. */
export type Says = (call: number, asked: ChatCompletionRequest) => FixtureResponse;

export interface MockModel {
  readonly mock: LLMock;
  /** How a worker reaches it. */
  access(kind: ModelKind): ModelAccess;
  /** Everything that was asked, as text. */
  asked(): string[];
  stop(): Promise<void>;
}

export const testKey = 'sk-test-7f3a9c';

/** @param first what becomes of the first calls, such as an answer that breaks off; the rest goes to `says` */
export async function startMockModel(
  says: Says,
  first: readonly { readonly response: FixtureResponse; readonly opts?: FixtureOpts }[] = [],
): Promise<MockModel> {
  const mock = new LLMock({ port: 0, logLevel: 'silent' });
  const asked: string[] = [];
  let calls = 0;
  for (const [at, { response, opts }] of first.entries()) {
    const fixture = { match: { sequenceIndex: at }, response: counted(() => response), ...opts };
    mock.addFixture(fixture);
  }
  mock.addFixture({ match: { predicate: () => true }, response: counted(says) });
  function counted(answer: Says) {
    return (request: ChatCompletionRequest): FixtureResponse => {
      asked.push(JSON.stringify(request.messages));
      const call = calls;
      calls += 1;
      return answer(call, request);
    };
  }
  await mock.start();
  return {
    mock,
    access: (kind) => ({
      provider: kind === 'openai-compatible' ? 'local' : kind,
      kind,
      baseUrl: `${mock.url}/v1`,
      key: testKey,
      model: kind === 'anthropic' ? 'claude-haiku-4-5' : 'gpt-5-mini',
    }),
    asked: () => asked,
    stop: () => mock.stop(),
  };
}

/** That it calls a tool. */
export function uses(name: string, input: unknown, tokens = { in: 1_000, out: 50 }): FixtureResponse {
  return { toolCalls: [{ name, arguments: JSON.stringify(input) }], usage: usageOf(tokens) };
}

export function says(content: string, tokens = { in: 1_000, out: 50 }): FixtureResponse {
  return { content, usage: usageOf(tokens) };
}

/** Under the names of every protocol. A model that is told much and counts little is taken for cut off. */
export function usageOf(tokens: { readonly in: number; readonly out: number }) {
  return {
    input_tokens: tokens.in,
    output_tokens: tokens.out,
    prompt_tokens: tokens.in,
    completion_tokens: tokens.out,
    total_tokens: tokens.in + tokens.out,
  };
}
