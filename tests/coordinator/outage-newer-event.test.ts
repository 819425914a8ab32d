/** A host comes back from an outage to a log in which a newer program has written: it stops, keeps its branch, and goes on once it is updated. */
import path from 'node:path';
import { expect, it } from 'vitest';
import type { LogRecord } from '../../src/contract/hash-chain.ts';
import type { StoredEvent } from '../../src/core/event.ts';
import { eventVersion } from '../../src/core/event.ts';
import type { Seq } from '../../src/core/ids.ts';
import { MemoryEventLog } from '../../src/log/memory/memory-log.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { expectSame, openHost } from './hosts-apart.ts';
import { claim, complete, createTasks, dump, startWorker } from './kit.ts';
import { LeavingLog } from './leaving-log.ts';

const newer = eventVersion + 1;

/** What a program reads of a log that is older than the one by which it was written, from some event on. */
class OutdatedView extends MemoryEventLog {
  readonly #log: MemoryEventLog;
  /** The first event of the newer program; null: there is none. */
  from: Seq | null = null;

  constructor(log: MemoryEventLog) {
    super();
    this.#log = log;
  }

  override append: MemoryEventLog['append'] = (batch) => this.#log.append(batch);
  override head: MemoryEventLog['head'] = () => this.#log.head();

  override async read(after: Seq, limit?: number): Promise<StoredEvent[]> {
    return (await this.#log.read(after, limit)).map((stored) => this.#seen(stored));
  }

  override async readRecords(after: Seq, limit?: number): Promise<readonly LogRecord[]> {
    return (await this.#log.readRecords(after, limit)).map((record) => this.#seen(record));
  }

  override async *follow(after: Seq, signal: AbortSignal): AsyncGenerator<readonly StoredEvent[]> {
    for await (const events of this.#log.follow(after, signal)) {
      yield events.map((stored) => this.#seen(stored));
    }
  }

  #seen<Read extends { readonly seq: number; readonly version: number }>(read: Read): Read {
    return this.from === null || read.seq < this.from ? read : { ...read, version: newer };
  }
}

it('writes nothing, says why, keeps what was done, and does it in the log after the update', async () => {
  const shared = new MemoryEventLog();
  const folder = await temporaryFolder();
  const there = await openHost(new LeavingLog(shared, 'there'), 'host_there', path.join(folder, 'a.sqlite'));
  const view = new OutdatedView(shared);
  const file = path.join(folder, 'b.sqlite');
  let here = await openHost(new LeavingLog(view, 'here'), 'host_here', file);
  const worker = await startWorker(here, 'ada');
  await createTasks(here, 1);

  await here.leave();
  const claimed = await claim(here, 'ada', worker);
  if (!claimed) throw new Error('its own task is there to be claimed');
  await complete(here, 'ada', claimed);
  view.from = ((await shared.head()) + 1) as Seq;
  await there.as('owner', { type: 'task.create', title: 'of the newer program' });
  const head = await shared.head();
  here.log.comeBack();

  const words = new RegExp(`written by a newer AgentCoord: its version is ${newer}.* Install the newer`);
  const blocked = () => here.coordinator.outage?.blocked;
  await expect
    .poll(blocked)
    .toMatchObject({ code: 'DATABASE_TOO_NEW', message: expect.stringMatching(words) });
  const late = here.as('owner', { type: 'task.create', title: 'late' });
  await expect(late).rejects.toMatchObject({ code: 'DATABASE_TOO_NEW' });
  expect(here.coordinator.outage?.deeds).toBeGreaterThanOrEqual(2);
  expect(await shared.head()).toBe(head);

  // Started again it stops at once, before it touches the branch.
  await here.coordinator.close();
  const again = openHost(new LeavingLog(view, 'here again'), 'host_here', file);
  await expect(again).rejects.toMatchObject({ code: 'DATABASE_TOO_NEW' });
  expect(await shared.head()).toBe(head);

  view.from = null;
  here = await openHost(new LeavingLog(view, 'here updated'), 'host_here', file);
  await expect.poll(() => here.coordinator.outage).toBeNull();
  await expectSame({ shared, here, there });
  const { tasks } = await dump(there.coordinator);
  expect(tasks.map(({ title, state }) => [title, state]).sort()).toEqual([
    ['of the newer program', 'ready'],
    ['task 1', 'done'],
  ]);
});
