/** The options that every command takes. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Moment } from '../contract/moment.ts';
import type { QueryName } from '../contract/queries.ts';
import { parseMoment } from './moment.ts';

export interface GlobalOptions {
  /** Null: the default data directory of this person. */
  readonly dataDir: string | null;
  /** Id or name, of the option or else of the environment; null: the only company there is. */
  readonly company: string | null;
  readonly json: boolean;
  /** The moment that is asked about; null: now. */
  readonly at: Moment | null;
}

/** The commands that only look at the state, and so can look at it as it was; each with the query that it shows. */
export const timeless = {
  status: 'status',
  tasks: 'tasks',
  'task show': 'task',
  epics: 'epics',
  'epic show': 'epic',
  gates: 'gates',
  'approvals list': 'gates',
  'member list': 'members',
  'member why': 'why',
  'org export': 'snapshot',
  'workflow list': 'snapshot',
  'workflow show': 'snapshot',
  'board list': 'threads',
  'board show': 'thread',
  'board inbox': 'inbox',
  'board search': 'searchBoard',
  'locks list': 'locks',
  workers: 'workers',
  'worker show': 'workers',
  hung: 'hung',
  hosts: 'hosts',
  'conflicts list': 'conflicts',
  'conflicts show': 'conflicts',
  usage: 'usage',
  'scale list': 'scalings',
} as const satisfies Readonly<Record<string, QueryName>>;

/** Those that tell of the whole past, and so as much of it as there was then: the same as their `--until`. */
export const untilThen = ['audit', 'export'] as const;

/** Says which company is meant where no option does; a worker tells its commands theirs by it. */
export const companyVariable = 'AGENTCOORD_COMPANY';

const takingAt: readonly string[] = [...Object.keys(timeless), ...untilThen];
const timelessNames = takingAt.join(', ');

export function addGlobalOptions(program: Command): void {
  program
    .option(
      '--data-dir <folder>',
      'where the companies are kept (default: $AGENTCOORD_DATA_DIR, or your own)',
      notEmpty,
    )
    .option(
      '--company <name>',
      `which company, by name or id, when there are several (default: $${companyVariable})`,
      notEmpty,
    )
    .option('--json', 'answer with one JSON document on stdout')
    .option(
      '--at <seq or time>',
      'as it was after an event, at an instant, or “15m ago”; of commands that show how things are',
      (text: string) => parseMoment(text),
    )
    .hook('preAction', (_program, command) => {
      if (globalOptions(command).at === null || isTimeless(command)) return;
      command.error(`error: --at is for ${timelessNames}: nothing else can be asked of the past`);
    });
}

/** A script's variable that is not set must not mean another company, or the folder that one happens to be in. */
function notEmpty(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError('It must not be empty.');
}

/** Whether the command takes `--at`. */
export const isTimeless = (command: Command): boolean => takingAt.includes(pathOf(command));

/** `task create`: the names by which a command is called. */
export function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}

/** Reads them wherever they stood on the command line. */
export function globalOptions(command: Command): GlobalOptions {
  const { dataDir, company, json, at } = command.optsWithGlobals<{
    dataDir?: string;
    company?: string;
    json?: boolean;
    at?: Moment;
  }>();
  return {
    dataDir: dataDir ?? null,
    company: company ?? (process.env[companyVariable] || null),
    json: json ?? false,
    at: at ?? null,
  };
}
