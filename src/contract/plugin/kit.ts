/** What the author of a plugin imports: published as `agentcoord/plugin`. */
export type { ChannelErrorCode } from './channel-error.ts';
export { ChannelError } from './channel-error.ts';
export type { Channel, ChannelHost, ChannelPlugin, ChannelTerminal } from './define-plugin.ts';
export { definePlugin } from './define-plugin.ts';
export type { Capability, Manifest } from './manifest.ts';
export type {
  Action,
  Health,
  InboundAnswer,
  InboundMessage,
  MessageRef,
  OutboundMessage,
  Person,
} from './messages.ts';
export type { Setting, Settings, SettingsProblem, SettingsSchema } from './settings-schema.ts';
