/** How the page talks to the desktop app around it: the bridge hands over a port and the owner's token. */

/** What the preload script puts into the page; absent in a browser. */
interface DesktopBridge {
  /** Asks the main process for a fresh port; it comes as a message to this window. */
  readonly requestPort: () => void;
}

/** The message with which the preload script hands over the port. */
interface PortMessage {
  readonly type: 'agentcoord.port';
  readonly token: string;
}

export interface DesktopPort {
  readonly port: MessagePort;
  readonly token: string;
}

declare global {
  interface Window {
    readonly agentcoord?: DesktopBridge;
  }
}

export function isDesktop(): boolean {
  return window.agentcoord !== undefined;
}

/** Asks for a port and waits for it; the signal gives up. */
export function requestDesktopPort(signal: AbortSignal): Promise<DesktopPort> {
  return new Promise((resolve, reject) => {
    const receive = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== window || !isPortMessage(event.data) || !port) return;
      window.removeEventListener('message', receive);
      resolve({ port, token: event.data.token });
    };
    signal.addEventListener('abort', () => {
      window.removeEventListener('message', receive);
      reject(signal.reason);
    });
    window.addEventListener('message', receive);
    window.agentcoord?.requestPort();
  });
}

function isPortMessage(data: unknown): data is PortMessage {
  return typeof data === 'object' && data !== null && 'type' in data && data.type === 'agentcoord.port';
}
