/** One check of the self-test: what it is about, and what came of it. */
import { CoordError } from '../../core/error.ts';

export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  /** What was counted, or what went wrong. */
  readonly found: string;
  readonly seconds: number;
}

/** What it throws is what went wrong. @param check answers what it counted */
export async function runCheck(name: string, check: () => Promise<string>): Promise<CheckResult> {
  const startedAt = performance.now();
  const result = (ok: boolean, found: string) => ({
    name,
    ok,
    found,
    seconds: Number(((performance.now() - startedAt) / 1_000).toFixed(2)),
  });
  try {
    return result(true, await check());
  } catch (error) {
    return result(false, error instanceof Error ? error.message : String(error));
  }
}

/** @throws CoordError `INTERNAL` when it is not so */
export function expectThat(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new CoordError('INTERNAL', otherwise);
}
