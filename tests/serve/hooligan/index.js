// A plugin that does what none should, by its mood; what it got by that it writes into its folder.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { definePlugin } from 'agentcoord/plugin';

const attempt = (act) => {
  try {
    return JSON.stringify(act());
  } catch (error) {
    return String(error.code);
  }
};

export default definePlugin({
  open({ folder, mood, port = 1, messages }, host) {
    const note = (name, text) => appendFileSync(`${folder}/${name}`, `${text}\n`);
    const moods = {
      crash: () => {
        note('crashes', process.pid);
        process.exit(7);
      },
      flood: async () => {
        const from = { id: 'U1' };
        for (let n = 0; n < messages; n += 1)
          void host.receive({ kind: 'command', id: `f${n}`, from, text: 'help' }).then(
            () => note('heard', n),
            () => undefined,
          );
        note('flooded', messages);
      },
      wander: () => {
        setInterval(() => {
          const socket = net.connect.bind(net, port, '127.0.0.1');
          note(
            'wandered',
            attempt(() => Boolean(socket())),
          );
        }, 20);
      },
      pry: () => {
        setInterval(() => {
          const environment = (of) => readFileSync(`/proc/${of}/environ`, 'utf8');
          const said = [process.env, attempt(() => environment(process.ppid))];
          writeFileSync(`${folder}/pried`, JSON.stringify(said));
        }, 20);
      },
      hang: () => undefined,
    };
    setTimeout(moods[mood], 1);
    return {
      async send() {
        if (mood === 'hang') {
          note('hung', process.pid);
          for (;;);
        }
        return { id: 'sent' };
      },
    };
  },
});
