/**
 * `npm run check`: every check, all of them even when one fails; then one line of counts. What reads the code runs at the
 * same time, each on a core of its own; the tests have the machine to themselves.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const root = join(import.meta.dirname, '..');
const countsFile = join(root, 'test-results', 'counts.json');

/** The scripts of package.json that check: what is started first, runs beside the next ones. */
const checks = ['types', 'layers', 'lint', 'dead-code'] as const;
const atOnce = 2;

rmSync(countsFile, { force: true });
const failedChecks = await allChecks();
console.log('\n── npm run test');
const testsPass = spawnSync('npm', ['run', '--silent', 'test'], { cwd: root, stdio: 'inherit' }).status === 0;
const tests = readCounts();

for (const script of checks) console.log(`${failedChecks.has(script) ? 'FAILED' : 'ok    '}  ${script}`);
console.log(`${testsPass ? 'ok    ' : 'FAILED'}  test: ${tests.passed} passed, ${tests.failed} failed`);

// A check that fails, and a test run that ends badly without naming a test, each count as one failure.
const testFailures = testsPass ? tests.failed : Math.max(tests.failed, 1);
const failed = testFailures + failedChecks.size;
console.log(`${tests.passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && tests.passed > 0 ? 0 : 1;

/** @returns those that failed */
async function allChecks(): Promise<ReadonlySet<string>> {
  const failing = new Set<string>();
  const left: string[] = [...checks];
  const inTurn = async () => {
    for (let script = left.shift(); script !== undefined; script = left.shift()) {
      if (!(await passes(script))) failing.add(script);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, inTurn));
  return failing;
}

/** What it says is shown when it ends, so that nothing stands between. */
async function passes(script: string): Promise<boolean> {
  // Both streams go into one, in the order in which the script wrote.
  const shell = spawn('sh', ['-c', 'exec npm run --silent "$1" 2>&1', 'check', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    shell.on('error', reject);
    shell.on('close', resolve);
  });
  const [said, code] = await Promise.all([text(shell.stdout), ended]);
  console.log(`\n── npm run ${script}\n${said.trimEnd()}`);
  return code === 0;
}

/** What the summary reporter of the test run left; zeros when it never got that far. */
function readCounts(): { passed: number; failed: number } {
  try {
    return JSON.parse(readFileSync(countsFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 0 };
  }
}
