/** The program of the thread that writes a log: it alone waits for the disk. Started by `startWriterThread`. */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { AppendRows } from './append-rows.ts';
import { openForWriting } from './connection.ts';
import { prepareKeepSnapshot } from './keep-snapshot.ts';
import { readLastLink } from './read-last-link.ts';
import { writeFailure } from './sqlite-errors.ts';
import type { WriterAnswer, WriterOrder, WriterPlace } from './writer-orders.ts';

if (!parentPort) throw new Error('this program runs in a thread of a host only');
const port = parentPort;
const { file, options } = workerData as WriterPlace;
const database = openForWriting(file, options);
const rows = new AppendRows(database, readLastLink(database));
const keepSnapshot = prepareKeepSnapshot(database);

/** What has arrived together is written together: one fsync for all of it. */
function answerAll(orders: readonly WriterOrder[]): readonly WriterAnswer[] {
  const appends = orders.filter(({ kind }) => kind === 'append').length;
  if (appends < 2 || appends < orders.length) return orders.map(answer);
  try {
    const links = rows.append(orders.flatMap((order) => (order.kind === 'append' ? [order.cells] : [])));
    return links.map(({ chain }) => ({ link: chain }));
  } catch {
    // One by one some of them may find room.
    return orders.map(answer);
  }
}

function answer(order: WriterOrder): WriterAnswer {
  try {
    return { link: carryOut(order) };
  } catch (error) {
    return { error: writeFailure(file, error).toJSON() };
  }
}

function carryOut(order: WriterOrder): string {
  switch (order.kind) {
    case 'append':
      return rows.append([order.cells])[0]?.chain ?? '';
    case 'keepSnapshot':
      keepSnapshot(order.seq, order.version, order.state);
      return '';
    case 'close':
      rows.close();
      database.close();
      return '';
  }
}

port.on('message', (first: WriterOrder) => {
  const orders = [first];
  for (let next = receiveMessageOnPort(port); next; next = receiveMessageOnPort(port))
    orders.push(next.message);
  for (const words of answerAll(orders)) port.postMessage(words);
  if (orders.at(-1)?.kind === 'close') port.close();
});
