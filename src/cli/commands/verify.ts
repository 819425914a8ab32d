/** `agentcoord verify`: whether every event of a company is as it was written. */
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { ChainFault, ChainLink } from '../../contract/hash-chain.ts';
import type { Seq } from '../../core/ids.ts';
import { AnsweredRefusal } from '../answered-refusal.ts';
import { globalOptions } from '../global-options.ts';
import type { Output } from '../output/output.ts';
import { openOutput } from '../output/output.ts';
import { plainLine } from '../output/plain-text.ts';
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

function verdictText(company: VerifiedCompany, { style }: Output): string {
  const { id, name, events, head, snapshots, unchecked, fault } = company;
  const verdict = fault
    ? style('failed', faultText(fault))
    : style('good', `${events} events, all as they were written`);
  const lines = [`${plainLine(name ?? id)}: ${verdict}`];
  if (fault && fault.seq !== 0) lines.push(inOrderText(events, fault));
  else if (snapshots > 0) lines.push(`${snapshots} snapshots, all as the events give them`);
  lines.push(...unchecked.map(({ why }) => style('waiting', why)));
  if (!fault) lines.push(`head ${head.seq}:${head.chain}`);
  return lines.join('\n  ');
}

function faultText({ kind, seq, why }: ChainFault): string {
  return kind === 'snapshot' || kind === 'anchor' || seq === 0 ? why : `event ${seq}: ${why}`;
}

function inOrderText(events: number, { kind }: ChainFault): string {
  const isOfEvents = kind !== 'snapshot' && kind !== 'anchor';
  return isOfEvents
    ? `${events} events before it are in order.`
    : `All ${events} events are as they were written.`;
}
