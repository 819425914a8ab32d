/** What electron-builder is told: what goes into the app, and how its Electron is locked. */
import { copyFile, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AfterPackContext, Configuration } from 'electron-builder';
import { planSqliteBinding } from '../electron/sqlite-binding.ts';
import { projectFolder } from '../project-folder.ts';

export interface BuilderOptions {
  readonly out: string;
  readonly icon: string;
  readonly electronDist: string | null;
}

/** The desktop program; `agentcoord` is the command line beside it. */
export const executableName = 'agentcoord-desktop';

export async function builderSettings({ out, icon, electronDist }: BuilderOptions): Promise<Configuration> {
  return {
    appId: 'dev.agentcoord.desktop',
    productName: 'AgentCoord',
    copyright: 'Copyright © 2026 AgentCoord contributors',
    directories: { output: out },
    files: contents,
    // Workers in containers, plugins under Node's permission model and people who look: all read plain files.
    asar: false,
    npmRebuild: false,
    icon,
    protocols: { name: 'AgentCoord', schemes: ['agentcoord'] },
    ...(electronDist && { electronDist, electronVersion: await versionIn(electronDist) }),
    electronFuses: {
      // Workers, plugins and the command line are Node programs on the app's own runtime.
      runAsNode: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableCookieEncryption: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
      resetAdHocDarwinSignature: process.platform === 'darwin',
    },
    afterPack: (context) => completeApp(context),
    linux: {
      executableName,
      category: 'Development',
      synopsis: 'A company of AI agents and people, at work',
      extraFiles: ['LICENSE', { from: 'build/package/commands/agentcoord.sh', to: 'agentcoord' }],
    },
    mac: {
      category: 'public.app-category.developer-tools',
      extraFiles: [{ from: 'build/package/commands/agentcoord-mac.sh', to: 'Resources/agentcoord' }],
    },
    win: { extraFiles: [{ from: 'build/package/commands/agentcoord.cmd', to: 'agentcoord.cmd' }] },
    nsis: { oneClick: false, perMachine: false },
  };
}

/** What `npm pack` takes, and what the programs load at run time. electron-builder adds the dependencies. */
const contents = [
  'package.json',
  'LICENSE',
  'bin/**',
  'out/**',
  '!out/**/*.map',
  'templates/**',
  'build/worker.Dockerfile',
  'docs/plugins.md',
  'errors.md',
  // The app's runtime is Electron's own Node.
  '!node_modules/node-{linux,win}-*/**',
  '!node_modules/better-sqlite3/{deps,src}/**',
  '!node_modules/**/*.{map,md,markdown,ts,mts,cts}',
];

/** Leaves of better-sqlite3 the one addon that this Electron loads. */
async function completeApp({ appOutDir, packager }: AfterPackContext): Promise<void> {
  const app =
    process.platform === 'darwin'
      ? path.join(appOutDir, `${packager.appInfo.productFilename}.app`, 'Contents', 'Resources', 'app')
      : path.join(appOutDir, 'resources', 'app');
  await rm(path.join(appOutDir, 'resources', 'default_app.asar'), { force: true });
  await rm(path.join(appOutDir, 'resources', 'default_app.sha256'), { force: true });
  const { electronDist } = packager.config;
  const addon = `${process.platform}-${process.arch}.node`;
  const addons = path.join(app, 'node_modules', 'better-sqlite3', 'prebuilds');
  for (const name of await readdir(addons)) if (name !== addon) await rm(path.join(addons, name));
  if (typeof electronDist !== 'string' || process.platform !== 'linux') return;
  const { binding, compiled } = await planSqliteBinding(path.join(electronDist, 'electron'));
  if (compiled) await copyFile(binding, path.join(addons, addon));
}

async function versionIn(electronDist: string): Promise<string> {
  return (await readFile(path.join(electronDist, 'version'), 'utf8')).trim().replace(/^v/, '');
}

/** The manifest of what is packaged. */
export const manifest: { readonly version: string; readonly description: string; readonly author: string } =
  JSON.parse(await readFile(path.join(projectFolder, 'package.json'), 'utf8'));
