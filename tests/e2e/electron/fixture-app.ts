/** Writes a tiny desktop app into a temporary folder: one sandboxed window and one SQLite database. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectFolder } from '../../../build/project-folder.ts';

export type ModuleKind = 'esm' | 'cjs';

export const fixtureName = 'Fixture App';
export const fixtureVersion = '4.5.6';

/** What the fixture's main process leaves in `globalThis.fixtureReport`. */
export interface FixtureReport {
  readonly sqliteVersion: string;
  readonly journalMode: string;
  readonly readyWhenLoaded: boolean;
}

const imports: Readonly<Record<ModuleKind, string>> = {
  esm: `
import { app, BrowserWindow } from 'electron';
import { createRequire } from 'node:module';
import path from 'node:path';
const folder = import.meta.dirname;`,
  cjs: `
const { app, BrowserWindow } = require('electron');
const { createRequire } = require('node:module');
const path = require('node:path');
const folder = __dirname;`,
};

const main = `
const Database = createRequire(${JSON.stringify(path.join(projectFolder, 'package.json'))})('better-sqlite3');
const database = new Database(path.join(folder, 'fixture.db'), { nativeBinding: process.env.AGENTCOORD_SQLITE_BINDING });
globalThis.fixtureReport = {
  journalMode: database.pragma('journal_mode = WAL', { simple: true }),
  sqliteVersion: database.prepare('SELECT sqlite_version()').pluck().get(),
  readyWhenLoaded: app.isReady(),
};
app.whenReady().then(() => {
  const webPreferences = { contextIsolation: true, sandbox: true, preload: path.join(folder, 'preload.cjs') };
  new BrowserWindow({ width: 640, height: 400, webPreferences }).loadFile(path.join(folder, 'index.html'));
});`;

const preload = `
const { contextBridge } = require('electron');
contextBridge.exposeInMainWorld('bridge', { sandboxed: process.sandboxed });`;

const page = `<!doctype html>
<title>Fixture</title>
<h1>Hello from the fixture</h1>
<p id="node"></p>
<script>document.querySelector('#node').textContent = 'node is ' + typeof process + ', sandboxed is ' + bridge.sandboxed;</script>`;

/** @returns the folder, for the caller to delete */
export async function writeFixtureApp(kind: ModuleKind): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `agentcoord-fixture-${kind}-`));
  const mainFile = kind === 'esm' ? 'main.js' : 'main.cjs';
  const manifest = {
    name: 'fixture-app',
    productName: fixtureName,
    version: fixtureVersion,
    type: 'module',
    main: mainFile,
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(path.join(folder, mainFile), imports[kind] + main);
  await writeFile(path.join(folder, 'preload.cjs'), preload);
  await writeFile(path.join(folder, 'index.html'), page);
  return folder;
}
