/** Where the blocks of one page are run: a folder, a data directory, and an `agentcoord` that is the real one. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { projectFolder } from '../../build/project-folder.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export interface PageSandbox {
  readonly folder: string;
  /**
   * Runs lines of a shell as a reader would paste them, with what earlier ones have exported; ends at the first that fails.
   * @returns what they print
   */
  shell(lines: string): Promise<string>;
  /** Runs a script with Node, in the folder. */
  node(script: string): Promise<string>;
}

/** What stays until somebody ends it runs on behind the lines that come after, once it has said something. */
const agentcoord = `#!/bin/bash
case "$1 $*" in
  serve*|watch*|*" mcp "*--http*|*" locks acquire "*)
    out=$(mktemp -p "$PAGE_RUN")
    "$PAGE_NODE" "$PAGE_BIN" "$@" >"$out" 2>"$out.err" </dev/null &
    pid=$!
    echo $pid >>"$PAGE_RUN/pids"
    while kill -0 $pid 2>/dev/null; do
      if [ -s "$out" ]; then cat "$out"; exit 0; fi
      sleep 0.05
    done
    cat "$out" "$out.err" >&2
    wait $pid ;;
  *) exec "$PAGE_NODE" "$PAGE_BIN" "$@" ;;
esac
`;
const npx = '#!/bin/bash\nprogram=$1; shift\nexec "$program" "$@"\n';
const node = '#!/bin/bash\nexec "$PAGE_NODE" "$@"\n';
/** A stream would go on for ever. */
const curl = `#!/bin/bash
PATH=\${PATH#*:}
case " $* " in *" -sN "*) curl --max-time 2 "$@" || test $? = 28 ;; *) exec curl "$@" ;; esac
`;
/** Nothing here installs anything, or starts the tests from within. */
const npm = '#!/bin/bash\necho "npm is not run here: mark the block with not-run" >&2\nexit 1\n';

export async function openPageSandbox(): Promise<PageSandbox> {
  const root = await temporaryFolder();
  const [folder, bin, run] = [path.join(root, 'page'), path.join(root, 'bin'), path.join(root, 'run')];
  for (const each of [folder, bin, run]) await mkdir(each);
  for (const [name, text] of Object.entries({ agentcoord, npx, node, npm, curl })) {
    await writeFile(path.join(bin, name), text);
    await chmod(path.join(bin, name), 0o755);
  }
  await mkdir(path.join(folder, 'node_modules'));
  await symlink(projectFolder, path.join(folder, 'node_modules', 'agentcoord'), 'dir');
  await symlink(path.join(projectFolder, 'examples'), path.join(folder, 'examples'), 'dir');
  const env = {
    PATH: `${bin}:${folder}:${process.env['PATH'] ?? ''}`,
    HOME: root,
    LANG: 'C.UTF-8',
    AGENTCOORD_DATA_DIR: path.join(root, 'data'),
    PAGE_NODE: process.execPath,
    PAGE_BIN: path.join(projectFolder, 'bin', 'agentcoord.js'),
    PAGE_RUN: run,
  };
  onTestFinished(async () => {
    const pids = await readFile(path.join(run, 'pids'), 'utf8').catch(() => '');
    for (const pid of pids.split('\n').filter((line) => line !== '')) await endProcess(Number(pid));
  });
  const start = async (command: string, args: readonly string[]): Promise<string> => {
    const child = spawn(command, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    const [code] = await once(child, 'close');
    if (code !== 0) throw new Error(`ended with ${String(code)}\n${stdout}${stderr}`);
    return stdout;
  };
  return {
    folder,
    shell: (lines) => {
      const exported = path.join(run, 'exported');
      const whole = `[ ! -f '${exported}' ] || . '${exported}'\n${lines}\nexport -p >'${exported}'\n`;
      return start('bash', ['-e', '-o', 'pipefail', '-c', whole]);
    },
    node: (script) => start(process.execPath, [script]),
  };
}

async function endProcess(pid: number): Promise<void> {
  for (let signal: NodeJS.Signals = 'SIGTERM', tries = 0; ; tries += 1) {
    try {
      process.kill(pid, tries === 0 || tries === 200 ? signal : 0);
    } catch {
      return;
    }
    if (tries === 199) signal = 'SIGKILL';
    await pause(50);
  }
}
