/** Gives a command of the contract as the owner, and shows the events that it led to. */
import type { Command } from 'commander';
import { authorizationRules } from '../../core/authorization-rules.ts';
import type { CommandInput, CommandType } from '../../core/command.ts';
import { CoordError } from '../../core/error.ts';
import { suggestion } from '../../core/nearest-name.ts';
import { withCompany } from '../company-session.ts';
import { globalOptions } from '../global-options.ts';
import { openOutput } from '../output/output.ts';
import { plainText } from '../output/plain-text.ts';
import type { RawOptions } from './raw-input.ts';
import { readRawInput } from './raw-input.ts';

export async function doCommand(type: string | null, raw: RawOptions, command: Command): Promise<void> {
  const options = globalOptions(command);
  const output = openOutput(options.json);
  const types = (Object.keys(authorizationRules) as CommandType[]).filter(
    (known) => !authorizationRules[known].byHostAlone,
  );
  if (type === null) {
    const commands = types.map((known) => ({ type: known, does: authorizationRules[known].doing }));
    output.answer({ commands }, () =>
      output.table(
        [
          { title: 'COMMAND', cell: (row) => row.type },
          { title: 'DOES', cell: ({ does }) => does, shrinks: true },
        ],
        commands,
      ),
    );
    return;
  }
  if (!types.some((known) => known === type)) {
    throw new CoordError(
      'BAD_INPUT',
      `There is no command ${type}: ${nearOf(type, types)}. “agentcoord do” lists them`,
    );
  }
  const input = await readRawInput(raw);
  await withCompany(options, async ({ coordination }) => {
    const receipt = await coordination.command({ ...input, type } as unknown as CommandInput);
    output.answer(receipt, () => {
      if (receipt.events.length === 0) return 'It is so already: nothing has changed.';
      return receipt.events.map(({ seq, event }) => `${seq} ${plainText(JSON.stringify(event))}`).join('\n');
    });
  });
}

/** Of a hundred names only the near one is worth saying. */
function nearOf(written: string, names: readonly string[]): string {
  const said = suggestion(written, names);
  return said.startsWith('did you mean') ? said.replace(/\?$/, '') : 'none is near to that';
}
