/** Every command there is: what may be asked of a company, checked before anything looks at it. */
import { z } from 'zod';
import { approvalCommandSchemas } from './approval/approval-commands.ts';
import { auditCommandSchemas } from './audit/audit-commands.ts';
import { boardCommandSchemas } from './board/board-commands.ts';
import { budgetCommandSchemas } from './budget/budget-commands.ts';
import { conflictCommandSchemas } from './conflict/conflict-commands.ts';
import { epicCommandSchemas } from './epic/epic-commands.ts';
import { gateCommandSchemas } from './gate/gate-commands.ts';
import { hostCommandSchemas } from './host/host-commands.ts';
import { lockCommandSchemas } from './lock/lock-commands.ts';
import { orgCommandSchemas } from './org/org-commands.ts';
import { scalingCommandSchemas } from './scaling/scaling-commands.ts';
import { taskCommandSchemas } from './task/task-commands.ts';
import { workerCommandSchemas } from './worker/worker-commands.ts';
import { workflowCommandSchemas } from './workflow/workflow-commands.ts';

export const commandSchema = z.discriminatedUnion('type', [
  ...orgCommandSchemas,
  ...workflowCommandSchemas,
  ...epicCommandSchemas,
  ...taskCommandSchemas,
  ...gateCommandSchemas,
  ...approvalCommandSchemas,
  ...boardCommandSchemas,
  ...workerCommandSchemas,
  ...budgetCommandSchemas,
  ...lockCommandSchemas,
  ...auditCommandSchemas,
  ...hostCommandSchemas,
  ...conflictCommandSchemas,
  ...scalingCommandSchemas,
]);

export type Command = z.output<typeof commandSchema>;
/** A command as a caller writes it: what has a default may be left out. */
export type CommandInput = z.input<typeof commandSchema>;
export type CommandType = Command['type'];
export type CommandOf<Type extends CommandType> = Extract<Command, { type: Type }>;
