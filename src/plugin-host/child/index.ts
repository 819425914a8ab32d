/** The process of one channel: gets everything over its line, with an empty environment, and runs the plugin's code. */
import { write } from 'node:fs';
import { Socket } from 'node:net';
import { hostCalls, pluginCalls } from '../../contract/plugin/calls.ts';
import { ChannelError } from '../../contract/plugin/channel-error.ts';
import { definePlugin } from '../../contract/plugin/define-plugin.ts';
import { inboundMessageSchema } from '../../contract/plugin/messages.ts';
import { LinePeer } from '../line-peer.ts';
import { guardNetwork } from './guard-network.ts';
import { guardProcess, provideKit } from './guard-process.ts';
import { PluginSession } from './plugin-session.ts';

/** Beside the three that every process has: what we say to the host, and the terminal if there is one. */
const lineFd = 3;
const terminalFd = 4;

const session = new PluginSession({
  guard: ({ hosts }) => {
    guardProcess();
    guardNetwork(hosts);
    provideKit({ definePlugin, ChannelError });
  },
  terminalOf: ({ terminal }) => terminal && { ...terminal, write: writeToTerminal },
  receive: async (message) => await peer.call('receive', { message: inboundMessageSchema.parse(message) }),
  report: ({ state, reason = '' }) => {
    peer.call('report', { health: { state, reason } }).catch(() => undefined);
  },
  log: (text) => {
    peer.call('log', { text: String(text).slice(0, 4_000) }).catch(() => undefined);
  },
  // Its answer must go out first.
  ended: () => setTimeout(() => process.exit(0), 100),
});

const peer = new LinePeer({
  input: process.stdin,
  output: new Socket({ fd: lineFd, readable: false, writable: true }),
  asks: hostCalls,
  does: pluginCalls,
  handlers: session,
  onBroken: () => process.exit(1),
});

// The host is gone: so is whoever wanted anything of us.
process.stdin.once('end', () => process.exit(0));

function writeToTerminal(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    write(terminalFd, text, (error) => (error ? reject(error) : resolve()));
  });
}
