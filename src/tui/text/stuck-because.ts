/** Why a company can't finish a workflow, in one sentence. */
import type { Finding } from '../../core/workflow/finding.ts';
import { findingText } from '../../core/workflow/finding.ts';

/** The first reason with its best repair, and how many more there are. */
export function stuckBecause(findings: readonly Finding[]): string {
  const [first, ...others] = findings.filter(({ severity }) => severity === 'error');
  if (!first) return '';
  const more = others.length === 0 ? '' : `, and ${others.length} more: agentcoord lint`;
  return `${findingText(first)}${more}`;
}
