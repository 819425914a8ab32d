/** What every launcher does alike, wherever the worker's process is. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LaunchedProcess, Launcher } from '../../src/contract/launcher.ts';
import type { WorkerId } from '../../src/core/ids.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface ContractLauncher {
  /** Runs a Node program whose text is given; the worker's id is its last argument. */
  readonly launcherOf: (script: string) => Launcher | Promise<Launcher>;
  /**
   * All that anybody could read of the process from outside, or of how it was started. Left out: its worker gets the token in
   * its environment, where it is good once, and asks for keys over its line.
   */
  readonly seenOf?: (workerId: WorkerId, launched: LaunchedProcess) => Promise<string>;
  /** How it tells of an exit code of 7; left out: as that. */
  readonly crashWords?: string;
  /** Its process can't be measured from here. */
  readonly isFar?: true;
}

const stayAlive = 'setInterval(() => {}, 1000); console.log("up");';
let last = 0;

/** What is no rule for a launcher is no test of it, and not one that is passed over. */
const ruleIf = (holds: unknown) => (holds ? it : () => undefined);

export function launcherContract(name: string, open: () => ContractLauncher): void {
  const { seenOf, isFar = false, crashWords = 'exit code 7' } = open();

  async function launch(script: string, environment: Record<string, string> = {}) {
    last += 1;
    const workerId = `worker_c${String(last).padStart(9, '0')}` as WorkerId;
    const logFile = path.join(await temporaryFolder(), 'logs', 'worker.log');
    const launcher = await open().launcherOf(script);
    const request = { workerId, environment, token: 'a-secret-token', handover: 'a-secret-key', logFile };
    const launched = await launcher.launch(request);
    onTestFinished(() => launched.stop(0));
    const log = () => readFile(logFile, 'utf8').catch(() => '');
    return { ...launched, launched, launcher, workerId, logFile, log };
  }
  const isUp = (log: () => Promise<string>) => expect.poll(log, { timeout: 30_000 }).toContain('up');

  describe(`the launcher ${name}, as every launcher,`, () => {
    it('gives the process what the request says, and nothing of this person’s', async () => {
      process.env['MY_API_KEY'] = 'secret-key';
      onTestFinished(() => {
        delete process.env['MY_API_KEY'];
      });
      const { ended, log } = await launch('console.log(JSON.stringify(process.env))', { GIVEN: 'yes' });
      await ended;
      const environment = JSON.parse(await log()) as Record<string, string>;
      expect(environment).toMatchObject({ GIVEN: 'yes' });
      const token = seenOf ? [] : ['AGENTCOORD_TOKEN'];
      const known = [...token, 'GIVEN', 'PATH', 'HOME', 'TMPDIR', 'LANG', 'HOSTNAME'];
      expect(Object.keys(environment).filter((one) => !known.includes(one))).toEqual([]);
    });

    ruleIf(seenOf)('hands token and keys over where nobody can read them from outside', async () => {
      const script =
        'let text = ""; process.stdin.on("data", (more) => { text += more; if (text.split("\\n").length > 2) console.log("got " + text.replaceAll("\\n", "|")); }); setInterval(() => {}, 1000);';
      const { launched, workerId, log } = await launch(script);
      await expect.poll(log, { timeout: 30_000 }).toContain('got a-secret-token|a-secret-key|');
      const seen = (await seenOf?.(workerId, launched)) ?? '';
      expect(seen.length).toBeGreaterThan(10);
      expect(seen).not.toContain('a-secret');
    });

    ruleIf(!seenOf)('gives the token to its worker alone, and no keys at all', async () => {
      const { ended, log } = await launch('console.log(Object.values(process.env).join("|"))');
      await ended;
      expect(await log()).toContain('a-secret-token');
      expect(await log()).not.toContain('a-secret-key');
    });

    it('writes both outputs to the log, which only its owner may read', async () => {
      const { ended, log, logFile } = await launch('console.log("to one"); console.error("to the other")');
      expect(await ended).toEqual({ clean: true, reason: 'exit code 0' });
      expect((await log()).split('\n').sort()).toEqual(['', 'to one', 'to the other']);
      expect((await stat(logFile)).mode & 0o777).toBe(0o600);
    });

    it('says how it ended', async () => {
      const { ended } = await launch('process.exit(7)');
      expect(await ended).toEqual({ clean: false, reason: crashWords });
    });

    it('asks first, and kills after the grace', async () => {
      const polite = await launch(`process.on("SIGTERM", () => process.exit(0)); ${stayAlive}`);
      await isUp(polite.log);
      await polite.stop(30_000);
      expect(await polite.ended).toEqual({ clean: true, reason: 'exit code 0' });
      const stubborn = await launch(`process.on("SIGTERM", () => {}); ${stayAlive}`);
      await isUp(stubborn.log);
      await stubborn.stop(1_000);
      expect(await stubborn.ended).toMatchObject({
        clean: false,
        reason: expect.stringMatching(isFar ? /^killed: / : /^killed by /),
      });
    });

    ruleIf(!isFar)('measures it with all that it started, until it is gone', async () => {
      const { log, measure, stop } = await launch(
        `for (let used = process.cpuUsage(); used.user + used.system < 300_000; used = process.cpuUsage()); ${stayAlive}`,
      );
      await isUp(log);
      const measured = await measure();
      expect(measured?.cpuMs).toBeGreaterThan(100);
      expect(measured?.memory).toBeGreaterThan(1_000_000);
      await stop(0);
      expect(await measure()).toBeNull();
    });

    ruleIf(isFar)('leaves it to the worker to say what it takes', async () => {
      const { measure } = await launch(stayAlive);
      expect(await measure()).toBeNull();
    });

    it('ends what an earlier host left, whether it reported or not, and nobody else’s', async () => {
      const { launcher, workerId, ended, log } = await launch(stayAlive);
      await isUp(log);
      expect(await launcher.killLeftover('worker_nobody0001' as WorkerId, null)).toBe(false);
      expect(await launcher.killLeftover(workerId, null)).toBe(true);
      expect(await ended).toMatchObject({ clean: false });
      expect(await launcher.killLeftover(workerId, null)).toBe(false);
    });
  });
}
