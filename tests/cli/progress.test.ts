/** How far a long command is, for who looks at a terminal, and nothing for anybody else. */
import { expect, it, vi } from 'vitest';
import { textWidth } from '../../src/cli/output/plain-text.ts';
import { openProgress, progressText } from '../../src/cli/output/progress.ts';

function terminal(isTTY: boolean, columns = 60) {
  const written: string[] = [];
  const stream = { isTTY, columns, write: (text: string) => written.push(text) > 0 };
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

it('says how much of how much, or only how much', () => {
  expect(progressText(1_000, 4_000, 'events')).toBe('▰▰▰▰▰▰▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱▱ 25 %  1,000 of 4,000 events');
  expect(progressText(5_000, 4_000, 'events')).toContain('100 %  4,000 of 4,000 events');
  expect(progressText(7, null, 'events')).toBe('7 events');
});

it('waits before it shows anything, keeps to one line, and takes it away', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const { written, stream } = terminal(true);
  const progress = openProgress('verify Acme', 'events', stream);
  progress.show(1, 10);
  expect(written).toEqual([]);
  now.mockReturnValue(500);
  progress.show(2, 10);
  progress.show(3, 10);
  now.mockReturnValue(700);
  progress.show(4, 10);
  progress.end();
  now.mockRestore();
  expect(written).toHaveLength(3);
  expect(written[0]?.startsWith('\r\u001b[Kverify Acme  ▰')).toBe(true);
  for (const line of written.slice(0, 2)) expect(line.replace('\r\u001b[K', '').length).toBeLessThan(60);
  expect(written[2]).toBe('\r\u001b[K');
});

it('counts letters that take two cells as two', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const { written, stream } = terminal(true, 30);
  const progress = openProgress('verify 株式会社エージェント', 'events', stream);
  now.mockReturnValue(500);
  progress.show(2, 10);
  now.mockRestore();
  const line = (written[0] ?? '').replace('\r\u001b[K', '');
  expect(line).toMatch(/^verify 株.*…$/);
  expect(textWidth(line)).toBeLessThan(30);
});

it('writes nothing where no terminal is', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const { written, stream } = terminal(false);
  const progress = openProgress('verify', 'events', stream);
  now.mockReturnValue(9_000);
  progress.show(2, 10);
  progress.end();
  now.mockRestore();
  expect(written).toEqual([]);
});
