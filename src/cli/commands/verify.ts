/** `agentcoord verify`: whether every event of a company is as it was written. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { ChainLink } from '../../contract/hash-chain.ts';
import type { Seq } from '../../core/ids.ts';
import { AnsweredRefusal } from '../answered-refusal.ts';
import { globalOptions } from '../global-options.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import type { VerifiedCompany } from '../verify-companies.ts';
import { collect } from './shared-options.ts';

interface VerifyOptions {
  readonly head: readonly string[];
}

export function addVerifyCommand(program: Command): void {
  program
    .command('verify')
    .description('walk the log along its hash chain: finds any event that was changed, taken out or put in')
    .option(
      '--head <seq:link>',
      'a head that verify printed before and you kept elsewhere; may be given several times',
      (text: string, before: readonly string[]) => {
        headOf(text);
        return collect(text, before);
      },
      [],
    )
    .action(async ({ head }: VerifyOptions, command: Command) => {
      const { dataDir, company, json } = globalOptions(command);
      const { defaultDataDir } = await import('../../serve/data-directory.ts');
      const { verifyCompanies } = await import('../verify-companies.ts');
      const output = openOutput(json);
      const noted = head.map((text) => ({ ...headOf(text), where: 'the head that you gave' }));
      const companies = await verifyCompanies(dataDir ?? defaultDataDir(), company, noted);
      const ok = companies.every((each) => each.ok);
      output.answer({ ok, companies }, () => companies.map((each) => verdictText(each, output)).join('\n'));
      if (!ok) throw new AnsweredRefusal();
    });
}

function headOf(text: string): ChainLink {
  const [, seq = '', chain = ''] = /^(\d+):([0-9a-f]{64})$/.exec(text) ?? [];
  if (chain === '') throw new InvalidArgumentError('It must be a number, a colon and 64 hexadecimal digits.');
  return { seq: Number(seq) as Seq, chain };
}

function verdictText({ id, name, events, head, fault }: VerifiedCompany, { style }: Output): string {
  const who = `${name ?? id}: `;
  if (fault) {
    return `${who}${style('failed', `event ${fault.seq}: ${fault.why}`)}\n  ${events} events before it are in order.`;
  }
  return `${who}${style('good', `${events} events, all as they were written`)}\n  head ${head.seq}:${head.chain}`;
}
