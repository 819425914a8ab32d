/** Opens a line to the host: over the desktop's port inside the app, over a WebSocket in a browser. */
import { CoordError } from '../../core/error.ts';
import { connectClient } from '../../rpc/client.ts';
import type { Line } from '../../rpc/client-company.ts';
import { portChannel } from '../../rpc/client-port.ts';
import { openWebSocketChannel } from '../../rpc/client-websocket.ts';
import { isDesktop, requestDesktopPort } from './desktop-port.ts';

const answerWithinMs = 10_000;

/**
 * @param browserToken the token of a browser session; the desktop brings its own
 * @throws CoordError `NOT_CONNECTED` nobody answers, `SESSION_INVALID` there is no token
 */
export async function openLine(browserToken: string | null): Promise<Line> {
  if (isDesktop()) {
    const { port, token } = await requestDesktopPort(AbortSignal.timeout(answerWithinMs));
    return { client: connectClient(portChannel(port)), token };
  }
  if (!browserToken) {
    throw new CoordError(
      'SESSION_INVALID',
      'This address has no token. Open the one that `agentcoord serve` printed, which ends with #token=….',
    );
  }
  const channel = await openWebSocketChannel(`${location.origin.replace(/^http/, 'ws')}/rpc`);
  return { client: connectClient(channel), token: browserToken };
}
