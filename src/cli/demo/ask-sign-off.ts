/** Asks the person at the terminal about one gate: shows what is to be signed, takes the answer. */
import { createInterface } from 'node:readline/promises';
import type { GateView } from '../../contract/queries.ts';
import type { Coordination } from '../../contract/rpc.ts';
import { CoordError } from '../../core/error.ts';
import { gateDocument } from '../documents/gate-document.ts';
import { readNames } from '../documents/names.ts';
import { gateText } from '../output/gate-text.ts';
import { plainLines } from '../output/plain-text.ts';
import { styleFor } from '../output/style.ts';

export interface Answer {
  readonly decision: 'approve' | 'request_changes';
  readonly note: string;
}

const shownLines = 12;

/** @throws CoordError `HUMAN_REQUIRED` - the person left (end of input, or the signal) */
export async function askSignOff(
  coordination: Coordination,
  view: GateView,
  signal: AbortSignal,
): Promise<Answer> {
  const style = styleFor(process.stderr);
  const gate = gateDocument(view, await readNames(coordination));
  process.stderr.write(`\n${style('yours', 'Your sign-off is needed.')}\n${gateText(gate, style)}\n`);
  for (const { path, hash } of view.artifacts) {
    const { base64 } = await coordination.query('artifact', { hash });
    process.stderr.write(`\n${style('over', `── ${path}`)}\n${preview(base64)}\n`);
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  // The interface takes Ctrl-C for itself; the program has to hear of it.
  terminal.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const left = new Promise<never>((_resolve, reject) => {
    terminal.once('close', () => reject(new CoordError('HUMAN_REQUIRED', whyStopped(view))));
  });
  const ask = (question: string) => Promise.race([terminal.question(question, { signal }), left]);
  try {
    for (;;) {
      const answer = (await ask('\nApprove (a) or request changes (r)? ')).trim().toLowerCase();
      if (['a', 'approve', 'y', 'yes'].includes(answer)) return { decision: 'approve', note: '' };
      if (!['r', 'request', 'request changes', 'n', 'no'].includes(answer)) continue;
      const note = (await ask('What must change? ')).trim();
      if (note !== '') return { decision: 'request_changes', note };
    }
  } finally {
    left.catch(() => undefined);
    terminal.close();
  }
}

function preview(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.includes(0)) return `(${bytes.byteLength} bytes that are no text)`;
  const lines = plainLines(bytes.toString('utf8').trimEnd());
  const shown = lines.slice(0, shownLines);
  if (lines.length > shownLines) shown.push(`… ${lines.length - shownLines} more lines`);
  return shown.map((line) => `  ${line}`).join('\n');
}

const whyStopped = ({ gate }: GateView): string =>
  `The gate ${gate.name} needs the sign-off of a human, and the input ended without an answer. ` +
  'Run the demo at a terminal, or with --sign-as owner.';
