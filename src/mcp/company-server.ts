/** The MCP server of one member: everything that the member may see and do, and nothing more. */
import { McpServer } from '@modelcontextprotocol/server';
import { builtinRoles } from '../core/org/builtin-roles.ts';
import type { Desk } from './desk.ts';
import { registerPrompts } from './prompts.ts';
import { registerResources } from './resources.ts';
import { approvalTools } from './tools/approval-tools.ts';
import { boardTools } from './tools/board-tools.ts';
import { fileTools } from './tools/file-tools.ts';
import { lookTools } from './tools/look-tools.ts';
import { planTools } from './tools/plan-tools.ts';
import { workTools } from './tools/work-tools.ts';

export const companyTools = [
  ...lookTools,
  ...workTools,
  ...fileTools,
  ...boardTools,
  ...approvalTools,
  ...planTools,
];

const instructions = `You act for one member of a company of agents and people. Call who_am_i first. \
claim_task gives you work for your role, complete_task hands it in, gates then ask others to sign it. \
Lock files before you write them. Refusals begin with a code and say what to do. \
The prompts work_as_<role> explain how each role works.`;

/** @param version of the product */
export async function createCompanyServer(desk: Desk, version: string): Promise<McpServer> {
  const server = new McpServer({ name: 'agentcoord', title: 'AgentCoord', version }, { instructions });
  for (const tool of companyTools) tool.register(server, desk);
  registerResources(server, desk);
  registerPrompts(server, await customRoles(desk));
  return server;
}

/** Of the members that there are; none while there is no host. */
async function customRoles(desk: Desk): Promise<string[]> {
  const session = await desk.sessionIfAny();
  if (!session) return [];
  const members = await session.query('members', {});
  const builtin = new Set<string>(builtinRoles.map(({ id }) => id));
  const held = new Set<string>(members.flatMap(({ member }) => member.roleIds));
  return [...held].filter((id) => !builtin.has(id)).sort();
}
