/** The prompts: one for each role, by which a model learns its place in the company and how to work there. */
import type { McpServer } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { builtinRoles } from '../core/org/builtin-roles.ts';
import type { Role } from '../core/org/org.ts';
import { RoleGraph } from '../core/org/role-graph.ts';

const argsSchema = z.object({
  focus: z.string().max(2_000).optional().describe('what to attend to above all: an epic, a tag, a quality'),
});

/** @param customRoles ids of the company's own roles, of which only the name is known */
export function registerPrompts(server: McpServer, customRoles: readonly string[]): void {
  const graph = new RoleGraph();
  for (const role of builtinRoles) graph.add(role);
  for (const role of builtinRoles) {
    registerRole(server, role.id, role.title, roleText(role, [...graph.capabilities(role.id)]));
  }
  for (const id of customRoles)
    registerRole(server, id, id, `You are \`${id}\`, a role of this company's own.`);
}

function registerRole(server: McpServer, id: string, title: string, introduction: string): void {
  server.registerPrompt(
    `work_as_${id}`,
    {
      title: `Work as ${title}`,
      description: `How to work in the company as ${title}: take tasks, do them, hand them in, answer reviews.`,
      argsSchema,
    },
    ({ focus }) => {
      const text = [introduction, howToWork, ...(focus ? [`Attend to this above all: ${focus}`] : [])];
      return { messages: [{ role: 'user', content: { type: 'text', text: text.join('\n\n') } }] };
    },
  );
}

function roleText({ id, title, department }: Role, capabilities: readonly string[]): string {
  const may = capabilities.map((capability) => capability.replaceAll('_', ' ')).join(', ');
  return [
    `You are ${title} (\`${id}\`, department ${department}) in a company of agents and people that is coordinated by AgentCoord.`,
    `Your role may: ${may}.`,
  ].join('\n');
}

const howToWork = `Work like this, until claim_task finds nothing more:

1. who_am_i shows whom you act for and what you hold. read_inbox shows who waits for you: answer questions first.
2. claim_task gives you the best task that is ready for your role, with all it needs. Read the inputs with read_artifact. If it was sent back, heed every note in sent_back.
3. Lock files with lock_files before you write them, with an intent that others understand, and unlock them when you are done.
4. report_progress at each milestone. When you are stuck, ask on the board with kind QUESTION, and release_task or fail_task with an honest reason if you can not go on.
5. For what is risky or not yours to decide, request_approval from the role that decides, and wait_for_approval. log_decision for choices that others will live with.
6. complete_task with real artifacts. Nothing counts as done before the gates have signed it.
7. A task of kind review asks for your judgement: read every artifact of review_of, then answer_review. Approve only what you would put your name to; otherwise request_changes, and say exactly what must change.

A call that is refused begins with a code such as FORBIDDEN, NOT_ENTITLED or LOCK_HELD, and says who may or what to do instead. Do not try to get around it.`;
