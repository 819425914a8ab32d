/** A small git repository that people work in, and what stands in its branches. */
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { temporaryFolder } from './temporary-folder.ts';

export interface GitProject {
  readonly folder: string;
  git(...args: string[]): string;
  /** Writes and commits. */
  commit(files: Readonly<Record<string, string>>): Promise<string>;
  /** The branches of AgentCoord that people see in it. */
  branches(): string[];
  /** A file as it stands in a branch; null: there is none. */
  show(branch: string, file: string): string | null;
}

export async function gitProject(files: Readonly<Record<string, string>>): Promise<GitProject> {
  const folder = await temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Pat', '-c', 'user.email=pat@example.org', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim();
  git('init', '--quiet', '--initial-branch=main');
  const commit = async (changes: Readonly<Record<string, string>>) => {
    for (const [name, content] of Object.entries(changes)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    }
    git('add', '--all');
    git('commit', '--quiet', '-m', 'Begin');
    return git('rev-parse', 'HEAD');
  };
  await commit(files);
  return {
    folder,
    git,
    commit,
    branches: () =>
      git('for-each-ref', '--format=%(refname:short)', 'refs/heads/agentcoord/').split('\n').filter(Boolean),
    show: (branch, file) => {
      try {
        return git('show', `${branch}:${file}`);
      } catch {
        return null;
      }
    },
  };
}
