/** Which coding agents are installed on this machine, in which version, and whether somebody has logged in to them. */
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import type { CodingAgent } from '../../contract/staffing.ts';
import { isLoggedIn, runAgent } from './agent-login.ts';
import type { KnownAgent } from './known-agents.ts';
import { knownAgents } from './known-agents.ts';

export function detectAgents(): Promise<CodingAgent[]> {
  return Promise.all(Object.entries(knownAgents).map(([name, agent]) => detect(name, agent)));
}

async function detect(name: string, agent: KnownAgent): Promise<CodingAgent> {
  const { title, program, adapter, login } = agent;
  const found = await findProgram(program);
  const version = found && (await versionOf(found));
  const speaks = await speaksProtocol(agent);
  return {
    name,
    title,
    program: found,
    version,
    loggedIn: found === null ? null : await isLoggedIn(found, version, login),
    acp: speaks,
    adapter,
    drives: found === null && !speaks ? null : speaks ? 'acp' : agent.usual,
  };
}

/** Whether the program is there by which it speaks the Agent Client Protocol. @param folders as in `PATH` */
export async function speaksProtocol({ acp: [program] }: KnownAgent, folders?: string): Promise<boolean> {
  return (await findProgram(program, folders)) !== null;
}

async function findProgram(name: string, folders = process.env['PATH'] ?? ''): Promise<string | null> {
  const endings = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.EXE').split(';') : [''];
  for (const folder of folders.split(path.delimiter).filter(Boolean)) {
    for (const ending of endings) {
      const file = path.join(folder, `${name}${ending}`);
      if (await isProgram(file)) return file;
    }
  }
  return null;
}

async function isProgram(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function versionOf(program: string): Promise<string | null> {
  const { code, output } = await runAgent(program, ['--version']);
  return code === 0 ? (/\d+\.\d+[\w.+-]*/.exec(output)?.[0] ?? null) : null;
}
