/** What the desktop's preload script and the page agree on: how the page gets its port to the host. */

/** Names the message that asks for a port and the one that brings it. */
export const portMessageName = 'agentcoord.port';

/** Names the message by which the app leads the page to one of its places. */
export const goMessageName = 'agentcoord.go';

/** What the preload script puts into the page; absent in a browser. */
export interface DesktopBridge {
  /** Asks the main process for a fresh port; it comes as a `PortMessage` to the page's own window. */
  readonly requestPort: () => void;
  /** Calls back with a path of the page, such as `/gates/gate_…`, when the app is asked to show that. */
  readonly onGo: (listener: (path: string) => void) => void;
}

/** Carries the port with it. */
export interface PortMessage {
  readonly type: typeof portMessageName;
  /** The owner's. */
  readonly token: string;
}
