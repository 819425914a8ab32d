/** The arrow keys over the rows of a tree: up and down walk, right opens, left closes or goes to the row above it. */
import type { KeyboardEvent } from 'react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { MonitorRow } from './monitor-rows.ts';

export interface TreeKeys {
  readonly table: { readonly ref: React.RefObject<HTMLTableElement | null> };
  row(key: string): {
    readonly tabIndex: number;
    readonly 'data-row': string;
    readonly onFocus: () => void;
    readonly onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => void;
  };
}

export function useTreeKeys(rows: readonly MonitorRow[], turn: (key: string) => void): TreeKeys {
  const table = useRef<HTMLTableElement>(null);
  const [focused, setFocused] = useState<string | null>(null);
  const [, navigate] = useLocation();
  const here = rows.some(({ key }) => key === focused) ? focused : rows[0]?.key;
  const go = (row: MonitorRow | undefined) => {
    if (!row) return;
    const all = table.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [];
    [...all].find((one) => one.dataset['row'] === row.key)?.focus();
  };
  const press = (event: KeyboardEvent<HTMLTableRowElement>, key: string) => {
    if (event.target !== event.currentTarget) return;
    const at = rows.findIndex((row) => row.key === key);
    const row = rows[at];
    if (!row) return;
    const isOpen = row.kind === 'process' ? null : row.isOpen;
    const above = () => go(rows.slice(0, at).findLast(({ level }) => level < row.level));
    const acts = new Map<string, () => void>([
      ['ArrowDown', () => go(rows[at + 1])],
      ['ArrowUp', () => go(rows[at - 1])],
      ['Home', () => go(rows[0])],
      ['End', () => go(rows.at(-1))],
      ['ArrowRight', () => (isOpen === false ? turn(key) : go(isOpen ? rows[at + 1] : undefined))],
      ['ArrowLeft', () => (isOpen === true && row.kind !== 'process' ? turn(key) : above())],
      ['Enter', () => (row.kind === 'worker' ? navigate(`/workers/${row.of.worker.id}`) : turn(key))],
    ]);
    const act = acts.get(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  };
  return {
    table: { ref: table },
    row: (key) => ({
      tabIndex: key === here ? 0 : -1,
      'data-row': key,
      onFocus: () => setFocused(key),
      onKeyDown: (event) => press(event, key),
    }),
  };
}
