/** The tray: how much waits, and what must be at hand while no window is open: open, pause all, stop everything, quit. */
import type { MenuItemConstructorOptions } from 'electron';
import { app, Menu, nativeImage, Tray } from 'electron';
import { rpcVersion } from '../contract/rpc.ts';
import type { CommandInput } from '../core/command.ts';
import type { Host } from '../serve/open-host.ts';
import type { Need } from './attention.ts';
import { drawMark } from './mark.ts';
import type { AppWindow } from './window.ts';

export interface AppTray {
  show(waiting: readonly Need[]): void;
  /** From now on it says that the app ends once the work in hand is done. */
  tellItFinishes(): void;
}

const iconPx = 22;
const shownNeeds = 8;
const reason = 'from the tray';
const ends = 'Quits when the work in hand is done';

/** @returns null where the system has no tray: the app then ends with its window */
export function setupTray(host: Host, window: AppWindow): AppTray | null {
  const icons = {
    calm: iconOf(false),
    lit: iconOf(true),
  };
  let tray: Tray;
  try {
    tray = new Tray(icons.calm);
  } catch (error) {
    process.stderr.write(`There is no tray: ${String(error)}\n`);
    return null;
  }
  const give = (command: CommandInput) => () => {
    giveToAll(host, command).catch((error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      window.show(null);
    });
  };
  let shown: readonly Need[] = [];
  let finishes = false;
  const draw = () => {
    const waiting = shown;
    const entries: MenuItemConstructorOptions[] = waiting.slice(0, shownNeeds).map((need) => ({
      label: need.about === '' ? need.name : `${need.name}: ${need.about}`,
      click: () => window.show(need),
    }));
    tray.setImage(waiting.length > 0 ? icons.lit : icons.calm);
    const words = [...(waiting.length > 0 ? [countOf(waiting.length)] : []), ...(finishes ? [ends] : [])];
    tray.setToolTip(['AgentCoord', ...(words.length > 0 ? [words.join('; ')] : [])].join(': '));
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open AgentCoord', click: () => window.show(null) },
        { type: 'separator' },
        ...(entries.length > 0
          ? [{ label: countOf(waiting.length), enabled: false }, ...entries, { type: 'separator' as const }]
          : []),
        { label: 'Pause all', click: give({ type: 'company.pause', reason }) },
        { label: 'Stop everything', click: give({ type: 'company.stop', reason }) },
        { label: 'Resume', click: give({ type: 'company.resume' }) },
        { type: 'separator' },
        ...(finishes ? [{ label: ends, enabled: false }] : []),
        { label: 'Quit', click: () => app.quit() },
      ]),
    );
  };
  tray.on('click', () => window.show(null));
  draw();
  return {
    show: (waiting) => {
      shown = waiting;
      draw();
    },
    tellItFinishes: () => {
      finishes = true;
      draw();
    },
  };
}

const countOf = (count: number): string => (count === 1 ? '1 thing needs you' : `${count} things need you`);

function iconOf(isLit: boolean) {
  const size = iconPx * 2;
  const pixels = Buffer.from(drawMark(size, isLit));
  return nativeImage.createFromBitmap(pixels, { width: size, height: size, scaleFactor: 2 });
}

/** To every company of the host, as the owner. What one refuses, such as a second pause, does not keep it from the others. */
async function giveToAll(host: Host, command: CommandInput): Promise<void> {
  const ended = new AbortController();
  const refused: unknown[] = [];
  for (const { id } of await host.companies.list()) {
    const session = host.connect(ended.signal);
    try {
      await session.hello({ version: rpcVersion, token: host.token, company: id, client: 'tray' });
      await session.command(command);
    } catch (error) {
      refused.push(error);
    }
  }
  ended.abort();
  if (refused.length > 0)
    throw new AggregateError(refused, `${refused.length} companies refused it: ${refused}`);
}
