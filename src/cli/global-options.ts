/** The options that every command takes. */
import type { Command } from 'commander';

export interface GlobalOptions {
  /** Null: the default data directory of this person. */
  readonly dataDir: string | null;
  /** Id or name; null: the only company there is. */
  readonly company: string | null;
  readonly json: boolean;
}

export function addGlobalOptions(program: Command): void {
  program
    .option(
      '--data-dir <folder>',
      'where the companies are kept (default: $AGENTCOORD_DATA_DIR, or your own)',
    )
    .option('--company <name>', 'which company, by name or id, when there are several')
    .option('--json', 'answer with one JSON document on stdout');
}

/** Reads them wherever they stood on the command line. */
export function globalOptions(command: Command): GlobalOptions {
  const { dataDir, company, json } = command.optsWithGlobals<{
    dataDir?: string;
    company?: string;
    json?: boolean;
  }>();
  return { dataDir: dataDir ?? null, company: company ?? null, json: json ?? false };
}
