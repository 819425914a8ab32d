/** Which coding agents are installed on this machine, in which version, and whether somebody has logged in to them. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import type { CodingAgent } from '../../contract/staffing.ts';
import { minimalEnvironment } from '../../process/minimal-environment.ts';
import type { KnownAgent } from './known-agents.ts';
import { knownAgents, loginFilesOf } from './known-agents.ts';

const answerWithin = 10_000;

export function detectAgents(): Promise<CodingAgent[]> {
  return Promise.all(Object.entries(knownAgents).map(([name, agent]) => detect(name, agent)));
}

async function detect(name: string, agent: KnownAgent): Promise<CodingAgent> {
  const { title, program, acp, adapter } = agent;
  const found = await findProgram(program);
  const files = loginFilesOf(agent);
  return {
    name,
    title,
    program: found,
    version: found && (await versionOf(found)),
    loggedIn: found === null || files.length === 0 ? null : files.some((file) => existsSync(file)),
    acp: acp?.[0] !== undefined && (await findProgram(acp[0])) !== null,
    adapter,
  };
}

async function findProgram(name: string): Promise<string | null> {
  const endings = process.platform === 'win32' ? (process.env['PATHEXT'] ?? '.EXE').split(';') : [''];
  for (const folder of (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean)) {
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

function versionOf(program: string): Promise<string | null> {
  return new Promise((resolve) => {
    const options = { timeout: answerWithin, killSignal: 'SIGKILL', env: minimalEnvironment() } as const;
    execFile(program, ['--version'], options, (error, output) => {
      const version = /\d+\.\d+[\w.+-]*/.exec(String(output))?.[0] ?? null;
      resolve(error ? null : version);
    });
  });
}
