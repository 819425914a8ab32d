/** Ends every test run with one plain line, `N passed, N failed`, and fails the run when a test did not run. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/** Read by build/check.ts. */
const countsFile = join(import.meta.dirname, '..', 'test-results', 'counts.json');

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], strayErrors: readonly SerializedError[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const passed = count('passed');
    // A file that does not load, a broken hook and a stray rejection fail the run without any failed test.
    const broken = modules
      .flatMap((module) => [module, ...module.children.allSuites()])
      .filter((suite) => suite.errors().length > 0);
    const notRun = personChoseTests() ? 0 : tests.length - passed - count('failed');
    const failed = count('failed') + broken.length + strayErrors.length + notRun;

    mkdirSync(join(countsFile, '..'), { recursive: true });
    writeFileSync(countsFile, JSON.stringify({ passed, failed }));
    if (notRun > 0) console.log(`${notRun} tests did not run: every test must run, so they count as failed`);
    console.log(`${passed} passed, ${failed} failed`);
    if (failed > 0 || passed === 0) process.exitCode = 1;
  }
}

/** Tests that `-t` leaves out are reported as skipped; then a person wanted it so. */
function personChoseTests(): boolean {
  return process.argv.some((argument) => /^(-t|--testNamePattern)(=|$)/.test(argument));
}
