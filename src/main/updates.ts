/** New versions of the app: from the address that the person named, when they say so, and never under workers that are at work. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import type { AppUpdater } from 'electron-updater';
import type { UpdateState, UpdatesView } from '../contract/desktop-calls.ts';
import { CoordError } from '../core/error.ts';
import type { EpochMs } from '../core/units.ts';
import { keepAppSettings, readAppSettings } from './app-settings.ts';
import { isSafe, readFeed } from './update-feed.ts';
import { updateTrouble } from './update-trouble.ts';

export interface Updates {
  view(): UpdatesView;
  /** @throws CoordError `BAD_INPUT` - no address that may be one; `WRONG_STATE` - one is being fetched */
  setFeed(feed: string | null): Promise<UpdatesView>;
  check(): Promise<UpdatesView>;
  /** Answers once it has begun; `view` tells how far it is. @throws CoordError `WRONG_STATE` */
  download(): UpdatesView;
  /** Resolves when the app is about to end. @throws CoordError `WRONG_STATE` - none is ready */
  restart(): Promise<UpdatesView>;
}

/** The first look comes when the start is long over. */
const firstLookMs = 60_000;
const lookEveryMs = 6 * 3_600_000;

/** @param letGo ends the work in good order: workers finish or give back what they have, the log is closed */
export function setupUpdates(letGo: () => Promise<void>, signal: AbortSignal): Updates {
  const file = join(app.getPath('userData'), 'settings.json');
  let { updateFeed: feed } = readAppSettings(file);
  let state: UpdateState = feed === null ? { kind: 'off' } : { kind: 'current', checkedAt: null };
  let updater: Promise<AppUpdater> | null = null;

  const view = (): UpdatesView => ({ version: app.getVersion(), canUpdate: canUpdate(), feed, state });
  const requireFeed = (): string => {
    if (!canUpdate())
      throw new CoordError(
        'WRONG_STATE',
        'This copy does not update itself: install a newer package over it',
      );
    if (feed === null) throw new CoordError('WRONG_STATE', 'Say first where new versions come from');
    return feed;
  };
  const fail = (error: unknown) => {
    state = { kind: 'failed', why: updateTrouble(error, feed ?? '') };
  };
  const open = (from: string): Promise<AppUpdater> => {
    updater ??= openUpdater(from);
    return updater;
  };

  const check = async (): Promise<UpdatesView> => {
    const from = requireFeed();
    if (isUnderWay(state) || state.kind === 'ready') return view();
    state = { kind: 'checking' };
    try {
      const found = await (await open(from)).checkForUpdates();
      state =
        found?.isUpdateAvailable === true
          ? { kind: 'available', version: found.updateInfo.version }
          : { kind: 'current', checkedAt: Date.now() as EpochMs };
    } catch (error) {
      fail(error);
    }
    return view();
  };
  const look = () => void (feed !== null && canUpdate() && check());
  const timers = [setTimeout(look, firstLookMs), setInterval(look, lookEveryMs)];
  signal.addEventListener('abort', () => timers.forEach(clearTimeout), { once: true });

  const fetchIt = async (from: string, version: string) => {
    const fetching = await open(from);
    const progress = ({ percent }: { percent: number }) => {
      state = { kind: 'downloading', version, share: percent / 100 };
    };
    fetching.on('download-progress', progress);
    try {
      await fetching.downloadUpdate();
      state = { kind: 'ready', version };
    } catch (error) {
      fail(error);
    } finally {
      fetching.off('download-progress', progress);
    }
  };

  return {
    view,
    check,
    setFeed: async (next) => {
      if (isUnderWay(state))
        throw new CoordError('WRONG_STATE', 'A new version is on its way: wait for it first');
      const named = next === null || next.trim() === '' ? null : readFeed(next);
      await keepAppSettings(file, { ...readAppSettings(file), updateFeed: named });
      feed = named;
      updater = null;
      state = named === null ? { kind: 'off' } : { kind: 'current', checkedAt: null };
      return view();
    },
    download: () => {
      const from = requireFeed();
      if (state.kind !== 'available')
        throw new CoordError('WRONG_STATE', 'There is no new version to fetch: look for one first');
      const { version } = state;
      state = { kind: 'downloading', version, share: null };
      void fetchIt(from, version);
      return view();
    },
    restart: async () => {
      const from = requireFeed();
      if (state.kind !== 'ready')
        throw new CoordError('WRONG_STATE', 'No new version is ready: fetch it first');
      state = { kind: 'restarting', version: state.version };
      const ready = await open(from);
      // Without its host this one is of no use any more: if the new version can't be put in place, it starts again as it is.
      ready.once('error', (error) => {
        process.stderr.write(`The new version could not be put in place: ${updateTrouble(error, from)}\n`);
        app.relaunch();
        app.exit(1);
      });
      await letGo().catch((error: unknown) => {
        process.stderr.write(`The host did not close cleanly: ${String(error)}\n`);
      });
      // The new version starts while this one still ends.
      app.releaseSingleInstanceLock();
      ready.quitAndInstall(false, true);
      return view();
    },
  };
}

const isUnderWay = ({ kind }: UpdateState): boolean =>
  kind === 'checking' || kind === 'downloading' || kind === 'restarting';

/** A package of the system is not ours to replace. */
function canUpdate(): boolean {
  if (process.platform === 'linux') return process.env['APPIMAGE'] !== undefined;
  return app.isPackaged;
}

/** It is loaded only now: whoever sets no feed never pays for it. */
async function openUpdater(feed: string): Promise<AppUpdater> {
  const { AppImageUpdater, MacUpdater, NsisUpdater } = await import('electron-updater');
  const Updater =
    process.platform === 'linux' ? AppImageUpdater : process.platform === 'darwin' ? MacUpdater : NsisUpdater;
  const updater = new Updater();
  // The feed is the person's, not that of the build.
  const config = join(app.getPath('userData'), 'update-feed.yml');
  await writeFile(
    config,
    `provider: generic\nurl: ${JSON.stringify(feed)}\nupdaterCacheDirName: agentcoord-updater\n`,
  );
  updater.updateConfigPath = config;
  updater.forceDevUpdateConfig = true;
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableWebInstaller = true;
  updater.allowDowngrade = false;
  updater.logger = null;
  // Also where the feed names another address, or is led on to one.
  updater.netSession.webRequest.onBeforeRequest(({ url }, answer) => answer({ cancel: !isSafe(url) }));
  // Each call answers with its own failure; without a listener the same would end the app.
  updater.on('error', () => undefined);
  return updater;
}
