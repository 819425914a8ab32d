/** A feed of new versions on a real socket, as electron-builder's generic provider has it; what it serves can be spoilt. */
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { updateList } from '../../../build/package/update-list.ts';

/** `empty`: no list; `spoilt`: another file than the list says; `elsewhere`: the file lies where there is no TLS. */
export type FeedMood = 'empty' | 'spoilt' | 'elsewhere' | 'good';

export interface UpdateFeed {
  readonly url: string;
  mood: FeedMood;
  /** What was asked for, in order. */
  readonly asked: readonly string[];
  /** Sends what is left of the file at once. */
  hurry(): void;
  close(): void;
}

const chunkBytes = 32_768;

/** @param program the new version; it comes drop by drop until somebody hurries */
export async function openUpdateFeed(program: Buffer, version: string): Promise<UpdateFeed> {
  const asked: string[] = [];
  const name = `AgentCoord-${version}.AppImage`;
  let isHurried = false;
  const list = (mood: FeedMood) => {
    const announced = mood === 'spoilt' ? Buffer.from('another file') : program;
    const text = updateList(name, announced, version);
    return mood === 'elsewhere' ? text.replaceAll(name, `http://192.0.2.1/${name}`) : text;
  };
  const drip = async (response: ServerResponse) => {
    response.writeHead(200, { 'content-length': program.byteLength });
    for (let at = 0; at < program.byteLength && !response.destroyed; at += chunkBytes) {
      response.write(program.subarray(at, at + chunkBytes));
      if (!isHurried) await pause(40);
    }
    response.end();
  };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://feed').pathname;
    asked.push(path);
    if (path === '/latest-linux.yml' && feed.mood !== 'empty') response.end(list(feed.mood));
    else if (path === `/${name}` && feed.mood !== 'empty') void drip(response);
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const feed: UpdateFeed = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    mood: 'empty',
    asked,
    hurry: () => {
      isHurried = true;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
  return feed;
}
