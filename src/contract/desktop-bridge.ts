/** What the desktop's preload script and the page agree on: how the page gets its port to the host, and asks the app for what only it can do. */

/** Names the message that asks for a port and the one that brings it. */
export const portMessageName = 'agentcoord.port';

/** Names the message by which the app leads the page to one of its places. */
export const goMessageName = 'agentcoord.go';

/** Names the calls by which the page asks the app for what only it can do; `desktop-calls.ts` has them. */
export const callMessageName = 'agentcoord.call';

/** Where the app leads the page to. */
export interface Place {
  /** A path of the page: `/gates/gate_…`. */
  readonly path: string;
  /** Null: whichever company the page shows. */
  readonly companyId: string | null;
}

/** Names the company in the address of a page that opens, as `companyId` of a `Place` does to one that is open. */
export const companyParameter = 'company';

/** What the preload script puts into the page; absent in a browser. */
export interface DesktopBridge {
  /** Asks the main process for a fresh port; it comes as a `PortMessage` to the page's own window. */
  readonly requestPort: () => void;
  /** Calls back when the app is asked to show that. */
  readonly onGo: (listener: (place: Place) => void) => void;
  /** Answers an `Outcome`, as the calls of a host do. */
  readonly call: (name: string, argument: unknown) => Promise<unknown>;
}

/** Carries the port with it. */
export interface PortMessage {
  readonly type: typeof portMessageName;
  /** The owner's. */
  readonly token: string;
}
