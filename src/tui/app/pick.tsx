/** A list to choose one thing from, before there is a company to show: a template, or one of several companies. */
import { useApp } from 'ink';
import { useRef, useState } from 'react';
import { moved, windowAround } from '../frame/list-window.ts';
import { stepOf } from '../model/key.ts';
import type { Line } from '../text/line.ts';
import { padLine, paintLine, piece } from '../text/line.ts';
import { Lines } from './lines.tsx';
import type { TerminalSettings } from './settings.ts';
import { useKeys } from './use-keys.ts';
import { blockLetters } from './welcome-lines.ts';

export interface Option {
  readonly id: string;
  readonly line: Line;
  readonly detail: readonly Line[];
}

interface PickProps {
  readonly title: string;
  readonly options: readonly Option[];
  readonly onPick: (id: string) => void;
  readonly settings: TerminalSettings;
  readonly width: number;
  readonly height: number;
}

export function Pick({ title, options, onPick, settings, width, height }: PickProps) {
  const { exit } = useApp();
  const [cursor, setCursor] = useState(0);
  const latest = useRef(0);
  useKeys((key) => {
    const step = stepOf(key, 5);
    if (key === 'q' || key === 'ctrl+c' || key === 'esc') return exit();
    if (step !== null) {
      latest.current = moved(latest.current, step, options.length);
      return setCursor(latest.current);
    }
    const option = options[latest.current];
    if (key === 'enter' && option) onPick(option.id);
  });
  const { ink } = settings;
  const head: Line[] = height >= 20 ? [...blockLetters, []] : [];
  const listHeight = Math.min(options.length, Math.max(3, height - head.length - 9));
  const { from, to } = windowAround(cursor, options.length, listHeight);
  const list = options.slice(from, to).map(({ line }, i) => {
    const isSelected = from + i === cursor;
    const painted = paintLine(padLine([isSelected ? piece('key', '▸ ') : '  ', ...line], width), ink);
    return isSelected ? ink.selected(painted) : painted;
  });
  const above = [...head, [piece('strong', title)], []];
  const below: Line[] = [[], ...(options[cursor]?.detail ?? [])];
  const room = Math.max(0, height - above.length - list.length - 1);
  const paint = (line: Line) => paintLine(padLine(line, width), ink);
  const shown = [
    ...above.map(paint),
    ...list,
    ...below.slice(0, room).map(paint),
    ...Array.from({ length: Math.max(0, room - below.length) }, () => ''),
    paint([
      piece('key', ' ↑ ↓'),
      piece('over', ' choose  '),
      piece('key', 'enter'),
      piece('over', ' take it  '),
      piece('key', 'q'),
      piece('over', ' quit'),
    ]),
  ];
  return <Lines lines={shown.slice(0, height)} />;
}
