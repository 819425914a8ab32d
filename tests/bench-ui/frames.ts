/** The frames that a page shows while something goes on. */
import type { Page } from 'playwright-core';

export interface Frames {
  readonly fps: number;
  readonly longestMs: number;
  /** What the page's main thread had of a core for each frame, however busy the machine was. */
  readonly cpuMs: number;
}

/** @param act goes on for about that long; @param lastingMs how long the frames are counted */
export async function framesWhile(page: Page, lastingMs: number, act: () => Promise<void>): Promise<Frames> {
  const cpu = await page.context().newCDPSession(page);
  await cpu.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spent = async () => {
    const { metrics } = await cpu.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1_000;
  };
  const before = await spent();
  const frames = page.evaluate(async (lasting) => {
    const times: number[] = [];
    const began = performance.now();
    await new Promise<void>((resolve) => {
      const note = (time: number) => {
        times.push(time);
        if (time - began < lasting) requestAnimationFrame(note);
        else resolve();
      };
      requestAnimationFrame(note);
    });
    return times;
  }, lastingMs);
  await act();
  const times = await frames;
  const cpuMs = ((await spent()) - before) / Math.max(1, times.length - 1);
  await cpu.detach();
  const gaps = times.slice(1).map((time, n) => time - (times[n] ?? time));
  const whole = (times.at(-1) ?? 0) - (times[0] ?? 0);
  return { fps: (gaps.length / whole) * 1_000, longestMs: Math.max(...gaps), cpuMs };
}
