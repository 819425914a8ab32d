/** The whole screen as lines of text: exactly as many as there are rows, none wider than the terminal. Pure. */
import type { ConnectionStatus } from '../../rpc/client-company.ts';
import type { Row, Screen, View } from '../model/screen.ts';
import type { Ui } from '../model/ui.ts';
import type { Ink } from '../text/ink.ts';
import type { Line } from '../text/line.ts';
import { lineWidth, padLine, paintLine, piece } from '../text/line.ts';
import { prose } from '../text/prose.ts';
import { banners } from './banners.ts';
import { formLines } from './form-lines.ts';
import { headerLine, hintsLine, tabsLine } from './header.ts';
import { helpLines } from './help.ts';
import { windowAround } from './list-window.ts';
import { scrollMarks } from './scroll-marks.ts';

export interface FrameInput {
  readonly width: number;
  readonly height: number;
  readonly ink: Ink;
  readonly ui: Ui;
  readonly view: View;
  readonly status: ConnectionStatus;
  readonly screens: readonly Screen[];
  readonly screen: Screen;
  /** Of the screen, after the filter. */
  readonly rows: readonly Row[];
  /** Beside the company's name. */
  readonly note: string;
}

/** From here on the detail stands beside the list. */
const wide = 110;
/** A terminal that is smaller says so. */
export const leastWidth = 60;
export const leastHeight = 14;

export function frame(input: FrameInput): string[] {
  const { width, height, ink, view, status, screens, screen } = input;
  if (width < leastWidth || height < leastHeight) {
    const words = `${width}×${height} is too small for the dashboard; ${leastWidth}×${leastHeight} would do.`;
    return fill(prose(words, width, 'waiting'), width, height).map((line) => paintLine(line, ink));
  }
  const top = [
    paintLine(headerLine(view, status.kind === 'live', input.note, width), ink),
    paintLine(padLine(tabsLine(screens, screen.id, view, width), width), ink),
    ink.rule(width, '─'),
    ...banners(status, view, width).map((line) => paintLine(padLine(line, width), ink)),
  ];
  const bottom = footer(input).map((line) => paintLine(padLine(line, width), ink));
  const bodyHeight = height - top.length - bottom.length;
  return [...top, ...body(input, bodyHeight), ...bottom].slice(0, height);
}

/** What the keys do here, or what there is to say or to ask: of that as many lines as it takes, up to three. */
function footer({ rows, ui, view, screen, width }: FrameInput): Line[] {
  // A form says by itself what its keys do.
  if (ui.form) return [[]];
  if (ui.question !== null) {
    const words = prose(ui.question, width - 1, 'waiting', ' ').slice(0, mostOfNotice);
    return [...words, hintsLine(answers, [], width)];
  }
  if (ui.help) return [hintsLine([{ key: '↑ ↓', does: 'scroll' }], [{ key: 'esc', does: 'back' }], width)];
  if (ui.filtering) {
    return [
      [
        piece('key', ' / '),
        ui.filter,
        piece('alive', '▏'),
        piece('over', `  ${rows.length} shown · enter keeps it, esc ends it`),
      ],
    ];
  }
  if (ui.notice !== null) {
    const { isBad, text } = ui.notice;
    const words = `${isBad ? '✗' : '✓'} ${text}`;
    return prose(words, width - 1, isBad ? 'failed' : 'good', ' ').slice(0, mostOfNotice);
  }
  const own = screen.hints(view, ui.selected);
  if (ui.focus === 'detail') {
    const here = own.filter(({ key }) => key !== 'enter');
    return [hintsLine([{ key: '↑ ↓', does: 'scroll' }, ...here], insideKeys, width)];
  }
  const filter = ui.filter === '' ? [] : [{ key: 'esc', does: `end filter “${ui.filter}”` }];
  const at = place(rows, ui);
  return [[...at, ...hintsLine([...filter, ...own], listKeys, width - lineWidth(at))]];
}

const mostOfNotice = 3;

const answers = [
  { key: 'y', does: 'yes' },
  { key: 'n', does: 'no' },
] as const;

/** What every list ends with, and every detail. */
const listKeys = [
  { key: '/', does: 'filter' },
  { key: '?', does: 'help' },
  { key: 'q', does: 'quit' },
] as const;
const insideKeys = [
  { key: '?', does: 'help' },
  { key: 'esc', does: 'back' },
] as const;

function body(input: FrameInput, height: number): string[] {
  const { width, ink, ui, view, screen } = input;
  if (ui.form) return paint(boxed(formLines(ui.form.form, width - 6, height - 2), width), input, height);
  if (ui.help) return scrolled(helpLines(screen, view, ui.selected, width - 1), ui.scroll, input, height);
  if (ui.focus === 'detail') {
    const lines = screen.detail(view, ui.selected, width - 1);
    return scrolled(lines, startOf(screen, ui, lines.length, height), input, height);
  }
  if (width >= wide) {
    const listWidth = Math.floor(width * 0.52);
    const list = listLines(input, listWidth, height);
    const detailWidth = width - listWidth - 3;
    const detail = detailLines(input, detailWidth, height);
    return list.map(
      (line, i) =>
        `${line} ${ink.paint('accent', '│')} ${paintLine(padLine(detail[i] ?? [], detailWidth), ink)}`,
    );
  }
  const listed = input.rows.length || emptyLines(screen, ui, width).length;
  const listHeight = Math.min(Math.max(listed, 3), Math.ceil(height / 2));
  const detail = detailLines(input, width, height - listHeight - 1);
  return [
    ...listLines(input, width, listHeight),
    ink.paint('accent', '┄'.repeat(width)),
    ...paint(detail, input, height - listHeight - 1),
  ];
}

/** Where in the list one is, when there is more of it than anybody counts. */
function place(rows: readonly Row[], { selected }: Ui): Line {
  if (rows.length < 6) return [];
  const at = rows.findIndex(({ id }) => id === selected);
  return [piece('accent', ` ${Math.max(0, at) + 1}/${rows.length}`)];
}

const startOf = ({ followsEnd }: Screen, ui: Ui, total: number, height: number): number =>
  followsEnd && ui.followsEnd ? Math.max(0, total - height) : ui.scroll;

function detailLines({ screen, view, ui }: FrameInput, width: number, height: number): Line[] {
  const lines = [...screen.detail(view, ui.selected, width)];
  if (lines.length <= height) return lines;
  if (screen.followsEnd) return lines.slice(-height);
  return [...lines.slice(0, height - 1), [piece('over', `… ${lines.length - height + 1} more lines: enter`)]];
}

function listLines({ rows, screen, ui, ink }: FrameInput, width: number, height: number): string[] {
  if (rows.length === 0) {
    return fill(emptyLines(screen, ui, width), width, height).map((line) => paintLine(line, ink));
  }
  const cursor = Math.max(
    0,
    rows.findIndex(({ id }) => id === ui.selected),
  );
  const { from, to } = windowAround(cursor, rows.length, height);
  const marks = scrollMarks(from, rows.length, height);
  const room = marks ? width - 1 : width;
  const lines = rows.slice(from, to).map((row, i) => {
    const isSelected = from + i === cursor;
    const line = padLine([isSelected ? piece('key', '▸') : ' ', ...row.line(room - 1)], room);
    const painted = paintLine(line, ink);
    const mark = marks ? ink.paint('accent', marks[i] ?? ' ') : '';
    return (isSelected ? ink.selected(painted) : painted) + mark;
  });
  const missing = Array.from({ length: Math.max(0, height - lines.length) }, () => ' '.repeat(width));
  return [...lines, ...missing];
}

function emptyLines(screen: Screen, ui: Ui, width: number): Line[] {
  const [first = '', ...rest] = ui.filter === '' ? screen.empty : [`Nothing has “${ui.filter}”.`];
  return [
    ...prose(first, width - 1, 'strong', ' '),
    ...rest.flatMap((line) => prose(line, width - 1, 'over', ' ')),
  ];
}

function scrolled(lines: readonly Line[], from: number, input: FrameInput, height: number): string[] {
  const start = Math.min(Math.max(0, lines.length - height), Math.max(0, from));
  const shown = lines.slice(start, start + height);
  const marks = scrollMarks(start, lines.length, height);
  if (!marks) return paint(shown, input, height);
  const { ink, width } = input;
  return paint(shown, { ...input, width: width - 1 }, height).map(
    (line, i) => line + ink.paint('accent', marks[i] ?? ' '),
  );
}

function boxed(lines: readonly Line[], width: number): Line[] {
  const inner = width - 4;
  const edge = (left: string, right: string): Line => [
    piece('accent', `${left}${'─'.repeat(inner + 2)}${right}`),
  ];
  return [
    edge('╭', '╮'),
    ...lines.map((line): Line => [piece('accent', '│ '), ...padLine(line, inner), piece('accent', ' │')]),
    edge('╰', '╯'),
  ];
}

const paint = (lines: readonly Line[], { width, ink }: FrameInput, height: number): string[] =>
  fill(lines, width, height).map((line) => paintLine(line, ink));

function fill(lines: readonly Line[], width: number, height: number): Line[] {
  return Array.from({ length: Math.max(0, height) }, (_, i) => padLine(lines[i] ?? [], width));
}
