/** The agents of a company on a real host, each with a worker process, and what to hold the log against afterwards. */
import { once } from 'node:events';
import { verifyCompanies } from '../../src/cli/verify-companies.ts';
import type { Session } from '../../src/client/index.ts';
import { createCompany } from '../../src/client/index.ts';
import type { CompanyFileInput } from '../../src/contract/templates.ts';
import type { Seq, TaskId } from '../../src/core/ids.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import type { Findings } from './claim-audit.ts';
import { ClaimAudit } from './claim-audit.ts';
import { readJournals } from './claim-journal.ts';
import type { ClaimingReport, ClaimingSettings } from './claiming-child.ts';
import type { MemberProcess } from './member-process.ts';
import { startProgram } from './member-process.ts';
import type { WatchedHost } from './watched-host.ts';

export type Habits = Pick<ClaimingSettings, 'failing' | 'lapsing' | 'lapse'>;

interface CrewOptions {
  readonly company: string;
  readonly workers: number;
  readonly policy: NonNullable<CompanyFileInput['policy']>;
  readonly habits: Habits;
  readonly seed: number;
}

export class CrewOfWorkers {
  readonly owner: Session;
  readonly #host: WatchedHost;
  readonly #options: CrewOptions;
  readonly #journals: string;
  readonly #workers: MemberProcess[] = [];
  readonly #acked: TaskId[] = [];
  #done = 0;
  #started = 0;

  private constructor(host: WatchedHost, owner: Session, journals: string, options: CrewOptions) {
    this.#host = host;
    this.owner = owner;
    this.#journals = journals;
    this.#options = options;
    owner.onEvent({ types: ['task.done', 'task.failed'], after: 0 }, async ({ event }) => {
      if (event.type === 'task.done') this.#done += 1;
      // Its attempts are used up: whoever looks after it says that it is worth another round.
      else if (event.type === 'task.failed')
        await owner.command({ type: 'task.retry', taskId: event.taskId });
    });
  }

  /** Founds the company and brings its workers up, some by the WebSocket if there is one. */
  static async open(host: WatchedHost, options: CrewOptions): Promise<CrewOfWorkers> {
    const { company, workers, policy } = options;
    const members = Array.from({ length: workers }, (_, n) => ({ name: nameOf(n), role: 'engineer' }));
    const departments = [{ name: 'engineering', teams: [{ name: 'builders', members }] }];
    const { socket, token } = host;
    await createCompany({ socket, token, from: { file: { name: company, policy, departments } } });
    const owner = await host.connect({ company, client: 'chaos owner' });
    const crew = new CrewOfWorkers(host, owner, await temporaryFolder(), options);
    await Promise.all(members.map((_, n) => crew.start(n)));
    return crew;
  }

  get doneSoFar(): number {
    return this.#done;
  }

  get members(): number {
    return this.#options.workers;
  }

  /** Starts the process that acts for a member, the first one or another one after it. */
  async start(n: number): Promise<void> {
    const { company, habits, seed } = this.#options;
    this.#started += 1;
    const { socket, url, token } = this.#host;
    const where = url !== null && n % 2 === 1 ? { url } : { socket };
    this.#workers[n] = await startProgram('claiming-child.ts', {
      ...habits,
      as: { ...where, token, company, member: nameOf(n) },
      journal: { folder: this.#journals, member: nameOf(n), incarnation: this.#started },
      seed: seed + this.#started,
    } satisfies ClaimingSettings);
  }

  /** Ends a worker in the middle of whatever it does, and starts another one in its place. */
  async killAndRestart(n: number): Promise<void> {
    const child = this.#workers[n]?.child;
    if (!child) throw new Error(`there is no worker ${n}`);
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    await this.start(n);
  }

  async createTasks(count: number, atOnce = 200): Promise<void> {
    for (let n = 0; n < count; n += atOnce) {
      const titles = Array.from({ length: Math.min(atOnce, count - n) }, (_, i) => `Task ${n + i + 1}`);
      this.#acked.push(...(await this.owner.createTasks(titles.map((title) => ({ title })))));
    }
  }

  /** Lets every worker finish what it has in hand. @throws when one ends badly */
  async dismiss(): Promise<ClaimingReport> {
    await Promise.all(this.#workers.map((worker) => worker.finish()));
    const reports = this.#workers.map(({ lines }) => JSON.parse(lines.at(-1) ?? '{}') as ClaimingReport);
    const sum = (what: keyof ClaimingReport) => reports.reduce((all, report) => all + report[what], 0);
    return {
      completed: sum('completed'),
      failed: sum('failed'),
      lost: sum('lost'),
      linesLost: sum('linesLost'),
      slowest: Math.max(...reports.map(({ slowest }) => slowest)),
    };
  }

  /** Holds the log against what was acked and what the workers wrote down. */
  async audit(): Promise<Findings> {
    const audit = new ClaimAudit();
    for (let after = 0 as Seq; ; ) {
      const page = await this.owner.query('events', { after, limit: 1_000 });
      for (const stored of page) audit.see(stored);
      const last = page.at(-1);
      if (!last) break;
      after = last.seq;
    }
    const members = await this.owner.query('members', {});
    const idOf = new Map(members.map(({ member }) => [member.name, member.id]));
    const journals = readJournals(this.#journals).flatMap((entry) => {
      const memberId = idOf.get(entry.member);
      return memberId === undefined ? [] : [{ ...entry, memberId }];
    });
    return audit.close(this.#acked, journals);
  }
}

const nameOf = (n: number): string => `worker-${n + 1}`;

/** Ends the host, and walks the log of each of its companies along its chain. @returns what is wrong with them */
export async function endAndVerify(host: WatchedHost): Promise<string[]> {
  await host.end();
  const companies = await verifyCompanies(host.dataDir, null, []);
  return companies.flatMap(({ name, fault }) => (fault ? [`${name}: ${fault.why}`] : []));
}
