/** The channel `terminal`: one message after the other in the terminal of the host. */
import { ChannelError, definePlugin } from 'agentcoord/plugin';
import { messageLines } from './message-lines.ts';

export default definePlugin({
  open: ({ color = 'auto', time = true }, { terminal }) => {
    if (!terminal) throw new ChannelError('UNAUTHORIZED', 'this host has given it no terminal');
    return {
      send: async (message) => {
        const colored = color === 'always' || (color === 'auto' && terminal.hasColor);
        await terminal.write(
          messageLines(message, { colored, withTime: time === true, columns: terminal.columns }),
        );
        return { id: message.key };
      },
    };
  },
});
