/** The channel `file`: each message a line of JSON, on the disk before it counts as sent. */
import { join } from 'node:path';
import { ChannelError, definePlugin } from 'agentcoord/plugin';
import { LineFile } from './line-file.ts';

const fileName = 'messages.jsonl';

export default definePlugin({
  open: async ({ folder, maxMegabytes = 16, keep = 10 }, host) => {
    const path = join(typeof folder === 'string' ? folder : host.folder, fileName);
    const limits = { maxBytes: Number(maxMegabytes) * 1_000_000, keep: Number(keep) };
    const file = await LineFile.open(path, limits).catch((cause: unknown) => {
      throw new ChannelError('RETRY', `${path} can’t be opened: ${reason(cause)}`, { cause });
    });
    return {
      send: async (message) => {
        const { thread, actions: _, to: _to, ...said } = message;
        try {
          await file.append(JSON.stringify({ ...said, thread: thread?.thread ?? thread?.id ?? message.key }));
        } catch (cause) {
          throw new ChannelError('RETRY', `${path} can’t be written: ${reason(cause)}`, { cause });
        }
        return { id: message.key, thread: thread?.thread ?? thread?.id ?? message.key };
      },
      close: () => file.close(),
    };
  },
});

const reason = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
