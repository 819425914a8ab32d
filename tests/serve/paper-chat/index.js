// A chat whose service is a folder: what is sent is appended to sent.jsonl; what people do is a file in `inbox`; what is changed is appended to edits.jsonl.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { definePlugin } from 'agentcoord/plugin';

export default definePlugin({
  validateConfig: ({ password }) =>
    password === 'wrong-password' ? [{ field: 'password', message: 'the service does not know it' }] : [],
  open({ folder, mood }, host) {
    mkdirSync(`${folder}/inbox`, { recursive: true });
    const busy = new Set();
    const timer = setInterval(async () => {
      for (const name of readdirSync(`${folder}/inbox`)) {
        if (!name.endsWith('.json') || busy.has(name)) continue;
        busy.add(name);
        const file = `${folder}/inbox/${name}`;
        const answer = await host
          .receive(JSON.parse(readFileSync(file, 'utf8')))
          .catch((error) => ({ ok: false, text: error.message }));
        writeFileSync(`${folder}/${name}.part`, JSON.stringify(answer));
        rmSync(file);
        appendFileSync(`${folder}/answers.jsonl`, `${JSON.stringify({ name, ...answer })}\n`);
      }
    }, 10);
    return {
      async send(message) {
        if (mood === 'crash' && !existsSync(`${folder}/calm`)) process.exit(7);
        if (mood === 'slow') await new Promise((resolve) => setTimeout(resolve, 3_600_000));
        appendFileSync(`${folder}/sent.jsonl`, `${JSON.stringify(message)}\n`);
        return { id: message.key, place: 'room', thread: message.thread?.thread ?? message.key };
      },
      async edit(ref, message) {
        appendFileSync(`${folder}/edits.jsonl`, `${JSON.stringify({ ...message, of: ref.id })}\n`);
      },
      async close() {
        clearInterval(timer);
      },
    };
  },
});
