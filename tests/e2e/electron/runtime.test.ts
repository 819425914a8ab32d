/** Proves that the Electron of the tests works as the product needs it: windows, identity, SQLite, Node mode. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { prepareElectron } from '../../../build/prepare-electron.ts';
import type { FixtureReport, ModuleKind } from './fixture-app.ts';
import { fixtureName, fixtureVersion, writeFixtureApp } from './fixture-app.ts';
import { launchElectron } from './launch.ts';

const run = promisify(execFile);

describe.each<[ModuleKind]>([['esm'], ['cjs']])('an app with a main of kind %s', (kind) => {
  it('opens a sandboxed window, keeps its identity and its database', async () => {
    const appDir = await temporary(writeFixtureApp(kind));
    const { app, close } = await launchElectron({ appDir, args: ['--marker', 'given'] });
    onTestFinished(close);

    const page = await app.firstWindow();
    expect(await page.textContent('h1')).toBe('Hello from the fixture');
    expect(await page.textContent('#node')).toBe('node is undefined, sandboxed is true');
    expect((await page.screenshot()).byteLength).toBeGreaterThan(1_000);

    const identity = await app.evaluate(({ app: electronApp }) => ({
      name: electronApp.getName(),
      version: electronApp.getVersion(),
      path: electronApp.getAppPath(),
      isDefaultApp: process.defaultApp,
      argv: process.argv,
    }));
    expect(identity).toMatchObject({
      name: fixtureName,
      version: fixtureVersion,
      path: appDir,
      isDefaultApp: true,
    });
    expect(identity.argv.slice(-3)).toEqual([appDir, '--marker', 'given']);

    const report = await app.evaluate(
      () => (globalThis as typeof globalThis & { fixtureReport: FixtureReport }).fixtureReport,
    );
    expect(report).toMatchObject({ journalMode: 'wal', readyWhenLoaded: false });
    expect(atLeast(report.sqliteVersion, '3.51.3')).toBe(true);
  });
});

it('leaves neither the app nor its profile behind', async () => {
  const appDir = await temporary(writeFixtureApp('esm'));
  const { app, close } = await launchElectron({ appDir });
  const pid = app.process().pid;
  const profile = await app.evaluate(({ app: electronApp }) => electronApp.getPath('userData'));
  await close();
  expect(pid).toBeTypeOf('number');
  expect(() => process.kill(Number(pid), 0)).toThrow('ESRCH');
  await expect(readFile(path.join(profile, 'Preferences'))).rejects.toThrow('ENOENT');
});

it('says which app it could not start', async () => {
  const folder = path.join(tmpdir(), 'agentcoord-no-such-app');
  await expect(launchElectron({ appDir: folder })).rejects.toThrow(`Could not start the app in ${folder}`);
});

it('runs a script as Node, with the same SQLite', async () => {
  const { executable, sqliteBinding } = inject('electron');
  const folder = await temporary(mkdtemp(path.join(tmpdir(), 'agentcoord-as-node-')));
  const script = path.join(folder, 'script.mjs');
  const packageFile = createRequire(import.meta.url).resolve('better-sqlite3');
  await writeFile(
    script,
    `import Database from ${JSON.stringify(packageFile)};
    const database = new Database(process.argv[2], { nativeBinding: process.env.AGENTCOORD_SQLITE_BINDING });
    database.exec('CREATE TABLE kept (value INTEGER) STRICT; INSERT INTO kept VALUES (42)');
    console.log(JSON.stringify(database.prepare('SELECT value FROM kept').get()));`,
  );
  const { stdout } = await run(executable, [script, path.join(folder, 'kept.db')], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', AGENTCOORD_SQLITE_BINDING: sqliteBinding },
  });
  expect(JSON.parse(stdout)).toEqual({ value: 42 });
});

it('is prepared once, however many ask', async () => {
  const prepared = await Promise.all([prepareElectron(), prepareElectron(), prepareElectron()]);
  expect(prepared).toEqual(Array(3).fill(inject('electron')));
});

async function temporary(made: Promise<string>): Promise<string> {
  const folder = await made;
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Compares dotted versions number by number. */
function atLeast(version: string, minimum: string): boolean {
  return version.localeCompare(minimum, 'en', { numeric: true }) >= 0;
}
