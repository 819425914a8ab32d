/** What a channel plugin is: the one default export of its module. */
import type { Health, InboundAnswer, InboundMessage, MessageRef, OutboundMessage } from './messages.ts';
import type { Settings, SettingsProblem } from './settings-schema.ts';

/** What the host offers to a channel. */
export interface ChannelHost {
  /** Hands over what somebody did; the answer is for that person. Rejects while the host can't take it: try again. */
  receive(message: InboundMessage): Promise<InboundAnswer>;
  /** Says how it is, whenever that changes. */
  report(health: Health): void;
  /** A line for the channel's log. Never a secret. */
  log(text: string): void;
  /** A folder of this channel alone: the only one that it may read and write beside those among its settings. */
  readonly folder: string;
  /** The terminal in which the host runs; null: the manifest does not ask for it. */
  readonly terminal: ChannelTerminal | null;
  /** Aborts when the channel is to end. */
  readonly signal: AbortSignal;
}

export interface ChannelTerminal {
  /** Resolves once it is written. */
  write(text: string): Promise<void>;
  /** Whether a person sees it; else it goes to a file or nowhere. */
  readonly isInteractive: boolean;
  /** Whether it may be coloured: a person sees it, and has not set NO_COLOR. */
  readonly hasColor: boolean;
  /** Characters to a line. */
  readonly columns: number;
}

/** A channel that is open. */
export interface Channel {
  /**
   * Resolves once the service has it. One message after the other, in order; the same `key` comes again when the host does
   * not know whether it arrived.
   * @throws ChannelError
   */
  send(message: OutboundMessage): Promise<MessageRef>;
  /** Needed with the capability `edit`. @throws ChannelError */
  edit?(ref: MessageRef, message: OutboundMessage): Promise<void>;
  /** Asked now and then. Left out: ready as long as its process lives. */
  health?(): Promise<Health>;
  /** Left out: the channel is closed, and opened with the new settings. @returns false to have just that */
  configChanged?(settings: Settings): Promise<boolean>;
  /** Resolves once nothing of it is under way. */
  close?(): Promise<void>;
}

export interface ChannelPlugin {
  /** What is wrong with settings that fit the schema; nothing may be sent meanwhile. Left out: nothing ever is. */
  validateConfig?(settings: Settings): Promise<readonly SettingsProblem[]> | readonly SettingsProblem[];
  /**
   * Resolves once it can send. Secrets are among the settings.
   * @throws ChannelError
   */
  open(settings: Settings, host: ChannelHost): Promise<Channel> | Channel;
}

/** For the types alone: it gives back what it gets. */
export function definePlugin(plugin: ChannelPlugin): ChannelPlugin {
  return plugin;
}
