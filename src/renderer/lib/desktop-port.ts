/** How the page talks to the desktop app around it: the bridge hands over a port and the owner's token. */
import type { DesktopBridge, PortMessage } from '../../contract/desktop-bridge.ts';
import { portMessageName } from '../../contract/desktop-bridge.ts';

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
  return typeof data === 'object' && data !== null && 'type' in data && data.type === portMessageName;
}
