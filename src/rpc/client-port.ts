/** A channel over a MessagePort, as the DOM, Node's worker threads and Electron's main process have it. */
import type { Channel } from './channel.ts';
import { badFrame } from './channel.ts';

/** A port with DOM events: the renderer's and Node's `MessagePort`. */
export interface EventTargetPort {
  postMessage(message: string): void;
  addEventListener(type: 'message' | 'close', listener: (event: object) => void): void;
  start(): void;
  close(): void;
}

/** A port with Node events: Electron's `MessagePortMain`. */
export interface EmitterPort {
  postMessage(message: string): void;
  on(type: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(type: 'close', listener: () => void): unknown;
  start(): void;
  close(): void;
}

/** The channel of the renderer's end, and of either end in Node. */
export function portChannel(port: EventTargetPort): Channel {
  return channelOver(port, (message, close) => {
    port.addEventListener('message', (event) => message({ data: 'data' in event ? event.data : undefined }));
    port.addEventListener('close', close);
  });
}

/** The channel of the end in Electron's main process. */
export function mainPortChannel(port: EmitterPort): Channel {
  return channelOver(port, (message, close) => {
    port.on('message', message);
    port.on('close', close);
  });
}

function channelOver(
  port: Pick<EventTargetPort, 'postMessage' | 'start' | 'close'>,
  listen: (message: (event: { readonly data: unknown }) => void, close: () => void) => void,
): Channel {
  let open = true;
  let tellClosed: () => void = () => undefined;

  function end(): void {
    if (!open) return;
    open = false;
    tellClosed();
  }

  return {
    send: (text) => {
      if (open) port.postMessage(text);
    },
    receive: ({ text, failed, closed }) => {
      tellClosed = closed;
      listen(({ data }) => {
        if (typeof data === 'string') text(data);
        else failed(badFrame('Refused a frame: it is not a text'));
      }, end);
      port.start();
    },
    // A port has no notion of it; the answers to events hold a fast host back.
    backlog: () => 0,
    close: () => {
      port.close();
      end();
    },
  };
}
