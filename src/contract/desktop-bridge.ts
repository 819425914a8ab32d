/** What the desktop's preload script and the page agree on: how the page gets its port to the host. */

/** Names the message that asks for a port and the one that brings it. */
export const portMessageName = 'agentcoord.port';

/** What the preload script puts into the page; absent in a browser. */
export interface DesktopBridge {
  /** Asks the main process for a fresh port; it comes as a `PortMessage` to the page's own window. */
  readonly requestPort: () => void;
}

/** Carries the port with it. */
export interface PortMessage {
  readonly type: typeof portMessageName;
  /** The owner's. */
  readonly token: string;
}
