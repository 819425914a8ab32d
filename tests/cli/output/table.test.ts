/** Tables stay aligned, and are never wider than the terminal. */
import { describe, expect, it } from 'vitest';
import { textWidth } from '../../../src/cli/output/plain-text.ts';
import type { Column } from '../../../src/cli/output/table.ts';
import { table } from '../../../src/cli/output/table.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly count: number;
}

const columns: readonly Column<Row>[] = [
  { title: 'ID', cell: (row) => row.id },
  { title: 'TITLE', cell: (row) => row.title, shrinks: true },
  { title: 'N', cell: (row) => String(row.count), align: 'right' },
];
const rows: readonly Row[] = [
  { id: 'task_1', title: 'Write the whole requirements document', count: 3 },
  { id: 'task_22', title: '日本語の題', count: 120 },
];
const plain = (_meaning: string, text: string) => text;

describe('a table', () => {
  it('aligns its columns, wide characters too', () => {
    expect(table(columns, rows, { style: plain, width: null })).toBe(
      [
        'ID       TITLE                                    N',
        'task_1   Write the whole requirements document    3',
        'task_22  日本語の題                             120',
      ].join('\n'),
    );
  });

  it('cuts the column that shrinks', () => {
    const lines = table(columns, rows, { style: plain, width: 35 }).split('\n');
    expect(lines.map(textWidth)).toEqual([35, 35, 35]);
    expect(lines[1]).toContain('Write the whole requ…');
  });

  it('becomes one block a row where columns have no room', () => {
    const text = table(columns, rows, { style: plain, width: 20 });
    expect(text).toContain(
      'id: task_1\ntitle: Write the\n  whole requirements\n  document\nn: 3\n\nid: task_22',
    );
    expect(Math.max(...text.split('\n').map(textWidth))).toBeLessThanOrEqual(20);
  });

  it('puts what must not be cut below its row where there is no room, and cuts no id', () => {
    const because =
      'waits at gate code_review for em and qa_lead, a human among them, since nobody else is there';
    const wide: readonly Column<Row>[] = [
      ...columns,
      { title: 'BECAUSE', cell: ({ count }) => (count > 3 ? '' : because), goesBelow: true },
    ];
    const lines = table(wide, rows, { style: plain, width: 60 }).split('\n');
    expect(lines[0]).not.toContain('BECAUSE');
    expect(
      lines
        .slice(2, -1)
        .map((line) => line.trim())
        .join(' '),
    ).toBe(because);
    expect(lines.at(-1)).toContain('task_22');
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(60);
    expect(table(wide, rows, { style: plain, width: null })).toContain('N  BECAUSE\n');
    for (let width = 12; width < 60; width += 1) {
      const narrow = table(wide, [{ id: 'task_7k2m9q4xw0', title: because, count: 3 }], {
        style: plain,
        width,
      });
      if (width >= 17) expect(narrow).toContain('task_7k2m9q4xw0');
      expect(narrow.replaceAll(/\s+/g, '')).toContain(because.replaceAll(' ', ''));
      expect(Math.max(...narrow.split('\n').map(textWidth))).toBeLessThanOrEqual(Math.max(width, 14));
    }
  });

  it('shows no escape sequence and no line break of a title', () => {
    const evil = [{ id: 'x', title: 'red \u001b[31m\u001b[2Jalert\nsecond\u0007 line\u202e', count: 1 }];
    expect(table(columns, evil, { style: plain, width: null })).toBe(
      'ID  TITLE                  N\nx   red alert second line  1',
    );
  });
});
