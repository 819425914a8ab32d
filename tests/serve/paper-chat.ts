/** A chat whose service is a folder, for tests of channels: a real plugin in a real process. */
import { randomUUID } from 'node:crypto';
import { cp, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { InboundAnswer, InboundMessage, OutboundMessage } from '../../src/contract/plugin/messages.ts';
import type { Keychain } from '../../src/serve/keychain.ts';

export class PaperChat {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Puts the plugin where a person puts theirs. */
  static async install(dataDir: string): Promise<void> {
    await mkdir(join(dataDir, 'plugins'), { recursive: true });
    await cp(join(import.meta.dirname, 'paper-chat'), join(dataDir, 'plugins', 'paper-chat'), {
      recursive: true,
    });
  }

  sent(): Promise<OutboundMessage[]> {
    return this.#lines<OutboundMessage>('sent.jsonl');
  }

  /** What was changed since, in order: `of` is the key of the message. */
  edits(): Promise<(OutboundMessage & { readonly of: string })[]> {
    return this.#lines('edits.jsonl');
  }

  async #lines<Line>(name: string): Promise<Line[]> {
    const text = await readFile(join(this.folder, name), 'utf8').catch(() => '');
    // A line that is being written is not there yet.
    const lines = text.split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Line);
  }

  /** Resolves once the message with this key says that. */
  async says(key: string, title: string): Promise<OutboundMessage> {
    for (;;) {
      const found = (await this.edits()).findLast((edit) => edit.of === key && edit.title === title);
      if (found) return found;
      await pause(20);
    }
  }

  /** Resolves once a message like that was sent; the test's time-out ends the wait. */
  async sees(is: (message: OutboundMessage) => boolean): Promise<OutboundMessage> {
    for (;;) {
      const found = (await this.sent()).find(is);
      if (found) return found;
      await pause(20);
    }
  }

  /** Somebody does something there. Resolves with what they are told. */
  async does(message: InboundMessage): Promise<InboundAnswer> {
    const name = `${randomUUID()}.json`;
    await mkdir(join(this.folder, 'inbox'), { recursive: true });
    await writeFile(join(this.folder, name), JSON.stringify(message));
    await rename(join(this.folder, name), join(this.folder, 'inbox', name));
    for (;;) {
      const text = await readFile(join(this.folder, 'answers.jsonl'), 'utf8').catch(() => '');
      const lines = text.split('\n').slice(0, -1);
      const answers = lines.map((line) => JSON.parse(line) as InboundAnswer & { name: string });
      const found = answers.find((answer) => answer.name === name);
      if (found) return { ok: found.ok, text: found.text };
      await pause(20);
    }
  }
}

export function memoryKeychain(): Keychain & { readonly kept: ReadonlyMap<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    get: async (purpose) => kept.get(purpose) ?? null,
    set: async (purpose, password) => {
      kept.set(purpose, password);
    },
    remove: async (purpose) => {
      kept.delete(purpose);
    },
  };
}
