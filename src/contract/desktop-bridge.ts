/** What the desktop's preload script and the page agree on: how the page gets its port to the host, and asks the app for what only it can do. */

/** Names the message that asks for a port and the one that brings it. */
export const portMessageName = 'agentcoord.port';

/** Names the message by which the app leads the page to one of its places. */
export const goMessageName = 'agentcoord.go';

/** Names the calls by which the page asks the app for what only it can do; `desktop-calls.ts` has them. */
export const callMessageName = 'agentcoord.call';

/** What the preload script puts into the page; absent in a browser. */
export interface DesktopBridge {
  /** Asks the main process for a fresh port; it comes as a `PortMessage` to the page's own window. */
  readonly requestPort: () => void;
  /** Calls back with a path of the page, such as `/gates/gate_…`, when the app is asked to show that. */
  readonly onGo: (listener: (path: string) => void) => void;
  /** Answers an `Outcome`, as the calls of a host do. */
  readonly call: (name: string, argument: unknown) => Promise<unknown>;
}

/** Carries the port with it. */
export interface PortMessage {
  readonly type: typeof portMessageName;
  /** The owner's. */
  readonly token: string;
}
