/** The screens of a company that is there: keys in, frames out, commands to the host. */
import { useApp } from 'ink';
import { useCallback, useEffect, useRef, useState } from 'react';
import { CoordError } from '../../core/error.ts';
import type { StoredEvent } from '../../core/event.ts';
import type { Connection } from '../../rpc/client-company.ts';
import { newEpicForm } from '../acts/new-work.ts';
import { frame } from '../frame/frame.ts';
import type { Pressed } from '../model/press.ts';
import { press } from '../model/press.ts';
import type { Fetched, Row, ScreenId, View } from '../model/screen.ts';
import { nothingFetched } from '../model/screen.ts';
import type { Ui } from '../model/ui.ts';
import { firstUi } from '../model/ui.ts';
import { screens } from '../screens/screens.ts';
import { Lines } from './lines.tsx';
import type { TerminalSettings } from './settings.ts';
import { useFetched } from './use-fetched.ts';
import { useKeys } from './use-keys.ts';
import type { Live } from './use-view.ts';
import { welcomeLines } from './welcome-lines.ts';

interface DashboardProps {
  readonly connection: Connection;
  readonly live: Live;
  readonly settings: TerminalSettings;
  readonly width: number;
  readonly height: number;
  /** The company was created just now: its first epic is asked for. */
  readonly isNew: boolean;
}

/** Header, tabs, rule and footer. */
const around = 4;
const noticeMs = 6_000;

export function Dashboard({ connection, live, settings, width, height, isNew }: DashboardProps) {
  const { exit } = useApp();
  const [kept, setUi, latest] = useUi(() => beginning(connection, isNew));
  const viewOf = (ui: Ui, fetched: Fetched): View => ({
    state: connection.live.state,
    self: connection.memberId(),
    hostId: connection.hostId(),
    now: live.now,
    showsAll: ui.showsAll.includes(ui.screen),
    by: ui.by,
    nth: ui.nth,
    fetched,
  });
  const wanted = lookAt(kept, viewOf(kept, nothingFetched));
  const isLive = live.status.kind === 'live';
  const fetched = useFetched(
    connection,
    wanted.screen.want(wanted.view, wanted.ui.selected),
    live.version,
    isLive,
  );
  const shown = lookAt(kept, viewOf(kept, fetched));
  useFading(kept, setUi);

  const give = async ({ command }: Pressed) => {
    if (!command) return;
    try {
      const { events } = await connection.coordination.command(command.command);
      const notice = { text: command.done, isBad: false };
      setUi((now) => showMade({ ...now, form: null, notice }, command.command.type, events));
    } catch (error) {
      const words = error instanceof CoordError ? `${error.code}: ${error.message}` : String(error);
      setUi((now) => refusedWith(now, words));
    }
  };
  useKeys((key) => {
    const place = lookAt(latest(), viewOf(latest(), fetched));
    const { screen, view, ui } = place;
    const detailLines = screen.detail(view, ui.selected, width - 1).length;
    const { runsHost } = settings;
    const page = Math.max(1, height - around);
    const pressed = press({ ...place, screens, page, detailLines, runsHost }, key);
    if (pressed.quits) return exit();
    setUi(() => pressed.ui);
    void give(pressed);
  });

  const note = settings.runsHost ? 'runs in this terminal' : '';
  const { ink } = settings;
  const lines = frame({ width, height, ink, status: live.status, screens, note, ...shown });
  return <Lines lines={settings.isPlain ? lines.map((line) => line.trimEnd()) : lines} />;
}

/** The screen, its rows after the filter, and the row under the cursor. */
function lookAt(kept: Ui, view: View) {
  const screen = screens.find(({ id }) => id === kept.screen) ?? screens[0];
  const rows = filtered(screen.rows(view), kept.filter);
  return { screen, view, rows, ui: { ...kept, selected: selectedIn(rows, kept.selected) } };
}

/** Where the person is, as of the last key: the next one may come before anything is drawn. */
function useUi(begin: () => Ui) {
  const [ui, draw] = useState(begin);
  const latest = useRef(ui);
  const set = useCallback((change: (ui: Ui) => Ui) => {
    latest.current = change(latest.current);
    draw(latest.current);
  }, []);
  return [ui, set, () => latest.current] as const;
}

function beginning({ live: { state } }: Connection, isNew: boolean): Ui {
  if (!isNew || state.epics.size > 0) return firstUi;
  const act = newEpicForm(state, welcomeLines(state.company?.name ?? ''));
  return act.kind === 'form' ? { ...firstUi, form: act } : firstUi;
}

/** What was under the cursor, or what has taken its place. */
function selectedIn(rows: readonly Row[], id: string | null): string | null {
  return rows.some((row) => row.id === id) ? id : (rows[0]?.id ?? null);
}

function filtered(rows: readonly Row[], filter: string): readonly Row[] {
  const wanted = filter.trim().toLowerCase();
  return wanted === '' ? rows : rows.filter(({ text }) => text.toLowerCase().includes(wanted));
}

/** What was created comes under the cursor, where it is listed on the screen that one is on. */
function showMade(ui: Ui, asked: string, events: readonly StoredEvent[]): Ui {
  const id = madeOn(ui.screen, asked, events);
  return id === undefined ? ui : { ...ui, selected: id, focus: 'list', filter: '', scroll: 0, nth: 0 };
}

function madeOn(screen: ScreenId, asked: string, events: readonly StoredEvent[]): string | undefined {
  for (const { event } of events) {
    if (screen === 'tasks' && asked === 'task.create' && event.type === 'task.created') return event.task.id;
    if (screen === 'home' && event.type === 'epic.created') return event.epic.id;
    if (screen === 'board' && asked === 'thread.start' && event.type === 'thread.started') {
      return event.thread.id;
    }
  }
  return undefined;
}

/** In the form that it came from, or else below. */
function refusedWith(ui: Ui, words: string): Ui {
  if (!ui.form) return { ...ui, notice: { text: words, isBad: true } };
  const { form } = ui.form;
  return { ...ui, form: { ...ui.form, form: { ...form, isPending: false, error: words } } };
}

/** Good news goes by itself; a refusal stays until the next key. */
function useFading({ notice }: Ui, setUi: (change: (ui: Ui) => Ui) => void): void {
  useEffect(() => {
    if (!notice || notice.isBad) return;
    const timer = setTimeout(
      () => setUi((ui) => (ui.notice === notice ? { ...ui, notice: null } : ui)),
      noticeMs,
    );
    return () => clearTimeout(timer);
  }, [notice, setUi]);
}
