/** `npm run check`: every check, one after the other, all of them even when one fails; then one line of counts. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const countsFile = join(root, 'test-results', 'counts.json');

/** The scripts of package.json that check, cheapest first. */
const checks = ['lint', 'types', 'layers', 'dead-code'] as const;

rmSync(countsFile, { force: true });
const failedChecks = checks.filter((script) => !passes(script));
const testsPass = passes('test');
const tests = readCounts();

for (const script of checks) console.log(`${failedChecks.includes(script) ? 'FAILED' : 'ok    '}  ${script}`);
console.log(`${testsPass ? 'ok    ' : 'FAILED'}  test: ${tests.passed} passed, ${tests.failed} failed`);

// A check that fails, and a test run that ends badly without naming a test, each count as one failure.
const testFailures = testsPass ? tests.failed : Math.max(tests.failed, 1);
const failed = testFailures + failedChecks.length;
console.log(`${tests.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1;

function passes(script: string): boolean {
  console.log(`\n── npm run ${script}`);
  return spawnSync('npm', ['run', '--silent', script], { cwd: root, stdio: 'inherit' }).status === 0;
}

/** What the summary reporter of the test run left; zeros when it never got that far. */
function readCounts(): { passed: number; failed: number } {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 0 };
  }
}
