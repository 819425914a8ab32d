/** One end of the line between a host and a plugin: calls and answers as lines of JSON, each checked, none too long. */
import type { Readable, Writable } from 'node:stream';
import type { AnswerOf, CallError, CallTable, Handlers, ParamsOf } from '../contract/plugin/calls.ts';
import { lineSchema, maxLineBytes } from '../contract/plugin/calls.ts';
import { ChannelError, channelErrorCodes } from '../contract/plugin/channel-error.ts';

export interface LinePeerOptions<Asks extends CallTable, Does extends CallTable> {
  readonly input: Readable;
  readonly output: Writable;
  /** What the other side does for us. */
  readonly asks: Asks;
  /** What we do for the other side. */
  readonly does: Does;
  readonly handlers: Handlers<Does>;
  /** The other side broke the rules: nothing more is read. */
  readonly onBroken: (reason: string) => void;
  /** Before each call of the other side is read: resolves when there is room for it. Left out: there always is. */
  readonly admit?: () => Promise<void> | null;
}

interface Waiting {
  readonly name: string;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The other side is gone, or said something that is no answer. */
export class LineBroken extends Error {
  override readonly name = 'LineBroken';
}

export class LinePeer<Asks extends CallTable, Does extends CallTable> {
  readonly #options: LinePeerOptions<Asks, Does>;
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;
  #pieces: Buffer[] = [];
  #length = 0;
  #broken: LineBroken | null = null;

  constructor(options: LinePeerOptions<Asks, Does>) {
    this.#options = options;
    this.#read().catch((error: unknown) =>
      this.#break(error instanceof Error ? error.message : String(error)),
    );
    options.output.on('error', () => this.end('its end of the line is closed'));
  }

  /** @throws LineBroken; ChannelError - what the other side threw */
  call<Name extends keyof Asks & string>(
    name: Name,
    params: ParamsOf<Asks, Name>,
  ): Promise<AnswerOf<Asks, Name>> {
    if (this.#broken) return Promise.reject(this.#broken);
    const call = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(call, {
        name,
        resolve: (answer) => resolve(answer as AnswerOf<Asks, Name>),
        reject,
      });
      this.#write({ call, name, params });
    });
  }

  /** Rejects whatever still waits. */
  end(reason: string): void {
    this.#broken ??= new LineBroken(reason);
    for (const { reject } of this.#waiting.values()) reject(this.#broken);
    this.#waiting.clear();
  }

  async #read(): Promise<void> {
    for await (const chunk of this.#options.input) {
      for (const line of this.#linesIn(chunk as Buffer)) {
        await this.#take(line);
        if (this.#broken) return;
      }
      if (this.#length > maxLineBytes) return this.#break(`a line of more than ${maxLineBytes} bytes`);
    }
    this.end('its end of the line is closed');
  }

  #linesIn(chunk: Buffer): Buffer[] {
    const lines: Buffer[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      lines.push(Buffer.concat([...this.#pieces, chunk.subarray(from, end)]));
      this.#pieces = [];
      this.#length = 0;
      from = end + 1;
    }
    if (from < chunk.length) {
      this.#pieces.push(chunk.subarray(from));
      this.#length += chunk.length - from;
    }
    return lines;
  }

  async #take(line: Buffer): Promise<void> {
    if (line.length > maxLineBytes) return this.#break(`a line of more than ${maxLineBytes} bytes`);
    const read = lineSchema.safeParse(parsed(line));
    if (!read.success) return this.#break('a line that is neither a call nor an answer');
    const message = read.data;
    if ('name' in message) {
      await this.#options.admit?.();
      void this.#do(message.call, message.name, message.params);
      return;
    }
    const call = 'ok' in message ? message.ok : message.error;
    const waiting = this.#waiting.get(call);
    if (!waiting) return this.#break('an answer to no call');
    this.#waiting.delete(call);
    if ('error' in message) return waiting.reject(thrown(message));
    const answer = this.#options.asks[waiting.name]?.answer.safeParse(message.answer);
    if (answer?.success) return waiting.resolve(answer.data);
    const reason = `its answer to ${waiting.name} has another shape: ${answer?.error.issues[0]?.path.join('.')}: ${answer?.error.issues[0]?.message}`;
    waiting.reject(new LineBroken(reason));
    this.#break(reason);
  }

  async #do(call: number, name: string, params: unknown): Promise<void> {
    const { does, handlers } = this.#options;
    const shape = Object.hasOwn(does, name) ? does[name] : undefined;
    const checked = shape?.params.safeParse(params);
    if (!checked)
      return this.#refuse(call, {
        code: 'BAD_CALL',
        message: `there is no call ${name}`,
        retryAfterMs: null,
      });
    if (!checked.success) {
      const [issue] = checked.error.issues;
      const message = `${name} was refused: ${issue?.path.join('.')}: ${issue?.message}`.slice(0, 2_000);
      return this.#refuse(call, { code: 'BAD_CALL', message, retryAfterMs: null });
    }
    try {
      const handle = handlers[name as keyof Does] as (params: unknown) => Promise<unknown>;
      this.#write({ ok: call, answer: await handle(checked.data) });
    } catch (error) {
      this.#refuse(call, told(error));
    }
  }

  #refuse(call: number, error: CallError): void {
    this.#write({ error: call, ...error });
  }

  #write(message: object): void {
    if (!this.#broken && this.#options.output.writable)
      this.#options.output.write(`${JSON.stringify(message)}\n`);
  }

  #break(reason: string): void {
    if (this.#broken) return;
    this.end(reason);
    this.#options.onBroken(reason);
  }
}

function parsed(line: Buffer): unknown {
  try {
    return JSON.parse(line.toString('utf8'));
  } catch {
    return undefined;
  }
}

function thrown({ code, message, retryAfterMs }: CallError): Error {
  const known = channelErrorCodes.find((one) => one === code);
  return new ChannelError(known ?? 'RETRY', message, { retryAfterMs });
}

/** A plugin may have a copy of the class of its own, so it is known by its name. */
function told(error: unknown): CallError {
  const { name, code, message, retryAfterMs } = (error ?? {}) as Partial<ChannelError>;
  const text = (message === undefined ? String(error) : String(message)).slice(0, 2_000);
  const known = name === 'ChannelError' ? channelErrorCodes.find((one) => one === code) : undefined;
  const wait = typeof retryAfterMs === 'number' && retryAfterMs >= 0 ? retryAfterMs : null;
  return { code: known ?? 'FAILED', message: text, retryAfterMs: wait };
}
