/** CSV that every reader takes apart again as it was, and no spreadsheet runs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvLine } from '../../../src/cli/output/csv.ts';
import { parseCsv } from '../parse-csv.ts';

describe('a line of CSV', () => {
  it.each([
    [['a', 'b'], 'a,b\r\n'],
    [[1, null, ''], '1,,\r\n'],
    [['a,b', 'say "hi"', 'two\nlines'], '"a,b","say ""hi""","two\nlines"\r\n'],
    [['=1+1', '+1', '-1', '@x', '\tx'], "'=1+1,'+1,'-1,'@x,'\tx\r\n"],
    [['=HYPERLINK("http://x","y")'], '"\'=HYPERLINK(""http://x"",""y"")"\r\n'],
    [[-1], '-1\r\n'],
  ])('%j', (cells, text) => {
    expect(csvLine(cells)).toBe(text);
  });

  it('is read back cell by cell, whatever is in them', () => {
    const cell = fc.string({ unit: 'binary' });
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, (table) => {
        const read = parseCsv(table.map((row) => csvLine(row)).join(''));
        const unmarked = read.map((row) =>
          row.map((text) => (/^'[=+\-@\t\r\n＝＋－＠]/.test(text) ? text.slice(1) : text)),
        );
        const marked = table.map((row) =>
          row.map((text) => (/^'[=+\-@\t\r\n＝＋－＠]/.test(text) ? text.slice(1) : text)),
        );
        expect(unmarked).toEqual(marked);
        for (const text of read.flat()) expect(text).not.toMatch(/^[=+\-@\t\r\n]/);
      }),
    );
  });
});
