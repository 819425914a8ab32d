/** The documents that people of each trade write: what goes into a PRD, a launch plan, a support page. */
import type { Facts } from './facts.ts';
import { bullets, markdown, numbered, oneLine, tableOf } from './markdown.ts';

export function requirementsDocument(facts: Facts): string {
  const { subject, purpose, requirements } = facts;
  return markdown('Product requirements', facts, [
    { heading: 'Problem', lines: [purpose] },
    { heading: 'Goals', lines: numbered(requirements) },
    {
      heading: 'Not in this version',
      lines: bullets([`Anything that ${subject} can do without on its first day.`]),
    },
    {
      heading: 'Acceptance criteria',
      lines: requirements.map(
        (one, place) =>
          `- [ ] R${place + 1}: somebody who did not build it sees that "${oneLine(one)}" holds.`,
      ),
    },
    {
      heading: 'Measures',
      lines: tableOf(
        ['measure', 'target'],
        [
          ['acceptance criteria met', `${requirements.length} of ${requirements.length}`],
          ['open defects of high severity at release', '0'],
        ],
      ),
    },
  ]);
}

export function planDocument(facts: Facts): string {
  const { requirements, inputs } = facts;
  const readings = inputs.map(({ title }) => `What "${title}" handed in is read and agreed.`);
  return markdown('Plan', facts, [
    { heading: 'Aim', lines: [facts.purpose] },
    { heading: 'What is announced', lines: numbered(requirements) },
    {
      heading: 'Days',
      lines: tableOf(
        ['day', 'what', 'who'],
        [
          ['D-7', 'content and flags are ready', 'growth, engineer'],
          ['D-2', 'regression tests pass, support is prepared', 'qa_eng, support_lead'],
          ['D-1', 'readiness is signed by everybody who must', 'pm, qa_lead, support_lead'],
          ['D', `${facts.subject} is switched on step by step: 1 %, 10 %, 100 %`, 'growth'],
          ['D+7', 'numbers are read and written down', 'pm'],
        ],
      ),
    },
    { heading: 'Ready when', lines: bullets([...readings, 'Nobody holds a veto.']) },
    { heading: 'Way back', lines: ['Switch the flag off; the version before keeps running all the time.'] },
  ]);
}

export function contentDocument(facts: Facts): string {
  const { subject, requirements, purpose } = facts;
  return markdown('Content', facts, [
    { heading: 'Headline', lines: [`${subject} is here`] },
    { heading: 'In short', lines: [purpose] },
    { heading: 'What is new', lines: bullets(requirements) },
    { heading: 'Post', lines: [`> ${subject}: ${oneLine(requirements[0] ?? purpose)}`] },
    { heading: 'Release note', lines: [`Added: ${subject}. ${oneLine(purpose)}`] },
  ]);
}

export function supportDocument(facts: Facts): string {
  const { subject, requirements } = facts;
  const questions = requirements.flatMap((one) => [
    `**How do I know that this works: ${oneLine(one)}?**`,
    '',
    'Try it once; if it does not hold, tell us what you did and saw.',
    '',
  ]);
  return markdown('Support documentation', facts, [
    { heading: 'What people will ask', lines: questions.slice(0, -1) },
    {
      heading: 'Runbook',
      lines: numbered([
        `Ask for the time and the account.`,
        `See whether ${subject} is switched on for it.`,
        'If it is and fails, file a bug with the steps, and switch it off for the account.',
      ]),
    },
    { heading: 'Escalation', lines: ['support_eng, then support_lead, then the engineer who built it.'] },
  ]);
}

export function reproductionDocument(facts: Facts): string {
  return markdown('Reproduction', facts, [
    { heading: 'Report', lines: [facts.purpose] },
    {
      heading: 'Steps',
      lines: numbered([
        'Start from a clean account and the released version.',
        ...facts.requirements.map((one) => `Do what the report says: ${oneLine(one)}`),
      ]),
    },
    { heading: 'Seen', lines: [`What the report says: ${oneLine(facts.purpose)}`] },
    { heading: 'Expected', lines: [`${facts.subject} does not happen.`] },
    { heading: 'Severity', lines: [`${facts.brief.task.priority}, as routed.`] },
  ]);
}

export function decisionDocument(facts: Facts): string {
  const rows = facts.inputs.map(({ title, artifact }) => [title, artifact.path, artifact.hash.slice(0, 12)]);
  return markdown('Decision', facts, [
    { heading: 'Decided', lines: [`${facts.subject} may go on to the people who must sign it.`] },
    {
      heading: 'Looked at',
      lines:
        rows.length > 0 ? tableOf(['step', 'artifact', 'SHA-256'], rows) : ['Nothing was handed in before.'],
    },
    { heading: 'Because', lines: bullets(facts.requirements.map((one) => `asked: ${oneLine(one)}`)) },
    { heading: 'Unless', lines: ['A signer finds a defect of high severity in what was looked at.'] },
  ]);
}

export function rolloutDocument(facts: Facts): string {
  return markdown('Rollout record', facts, [
    { heading: 'What', lines: [facts.purpose] },
    {
      heading: 'Steps taken',
      lines: numbered([
        'Checked the hash of everything it builds on (below).',
        'Switched on for 1 %, watched, then 10 %, then everybody.',
        'Told support and marketing that it is on.',
      ]),
    },
    {
      heading: 'Watched',
      lines: bullets([
        'errors per minute',
        'time to answer',
        ...facts.requirements.map((one) => `that "${oneLine(one)}" holds`),
      ]),
    },
    { heading: 'Way back', lines: ['Switch it off; nothing else needs to be undone.'] },
  ]);
}

export function plainDocument(facts: Facts): string {
  return markdown(facts.brief.task.title, facts, [
    { heading: 'Asked', lines: [facts.purpose] },
    { heading: 'Result', lines: numbered(facts.requirements.map((one) => `${oneLine(one)} (done)`)) },
  ]);
}
