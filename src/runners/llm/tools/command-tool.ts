/** The tool that runs a program which the member may run: without a shell’s tricks, without secrets, not for ever. */
import { z } from 'zod';
import type { RunContext } from '../../../contract/runner.ts';
import { CoordError } from '../../../core/error.ts';
import type { DurationMs } from '../../../core/units.ts';
import { minimalEnvironment } from '../../../process/minimal-environment.ts';
import { quoteForShell } from '../../command-environment.ts';
import type { ShellEnd } from '../../run-shell.ts';
import { runShell } from '../../run-shell.ts';
import { runEnded } from '../../wait.ts';
import type { Fence } from '../fence.ts';
import type { CommandPlace } from '../workspace-copy.ts';
import type { LlmTool } from './tool.ts';
import { defineTool, shortened } from './tool.ts';

const mostSaid = 20_000;

export interface CommandRules {
  /** Such as `npm test` or `git log *`. */
  readonly allowed: readonly string[];
  readonly timeout: DurationMs;
}

export function commandTool(
  { allowed, timeout }: CommandRules,
  place: CommandPlace,
  fence: Fence,
  { log, signal }: Pick<RunContext, 'log' | 'signal'>,
  onRefused: (command: string) => Promise<void>,
): LlmTool {
  return defineTool(
    'run_command',
    `Runs a program in ${place.isKept ? 'your worktree' : 'a copy of the workspace'}. Allowed: ${allowed.join('; ')}.`,
    z.object({
      program: z.string().min(1).max(200),
      args: z.array(z.string().max(4_000)).max(100).default([]),
    }),
    async ({ program, args }) => {
      const words = [program, ...args];
      const line = words.join(' ');
      if (!allowed.some((rule) => allows(rule, words))) {
        await onRefused(line);
        throw new CoordError(
          'FORBIDDEN',
          `“${line.slice(0, 200)}” was not run: you may run ${allowed.join('; ')}`,
        );
      }
      await place.refresh();
      log(`runs ${line}`);
      const end = await runShell({
        command: words.map(quoteForShell).join(' '),
        folder: place.folder,
        environment: minimalEnvironment({ CI: '1', NO_COLOR: '1' }),
        timeout,
        signal,
        onLine: (text) => log(`  ${text}`),
      });
      if (signal.aborted) throw runEnded();
      const how = howItEnded(end, timeout);
      log(`${program} ${how}`);
      const said = [end.output, end.errors].filter((text) => text.trim() !== '').join('\n--- stderr ---\n');
      return `The command ${how}.\n${fence(`output of ${line}`, shortened(said, mostSaid) || 'It said nothing.')}`;
    },
  );
}

function howItEnded({ tooMany, timedOut, code }: ShellEnd, timeout: DurationMs): string {
  if (tooMany) return 'started too many processes and was ended';
  if (timedOut) return `was ended after ${timeout / 1_000} s`;
  return code === null ? 'was killed' : `ended with exit code ${code}`;
}

/** Word by word; `*` at the end of a rule stands for any further ones. */
export function allows(rule: string, words: readonly string[]): boolean {
  const wanted = rule.trim().split(/\s+/);
  const isOpen = wanted.at(-1) === '*' && wanted.length > 1;
  const fixed = isOpen ? wanted.slice(0, -1) : wanted;
  if (isOpen ? words.length < fixed.length : words.length !== fixed.length) return false;
  return fixed.every((word, at) => words[at] === word);
}
