/** What a command learns of its task: variables, and `{names}` in its text, quoted for the shell. */
import type { TaskBrief } from '../contract/queries.ts';

export interface CommandFolders {
  /** A JSON file with the whole brief. */
  readonly brief: string;
  /** Files that the command leaves here are what it hands in. */
  readonly output: string;
  /** Where it may write `approve`, `request_changes` or `veto` for a review. */
  readonly decision: string;
  /** Holds the artifacts of the brief, under the paths that the brief gives. */
  readonly inputs: string;
}

/** By the names of the variables, without their `AGENTCOORD_`. */
export function taskVariables(
  { task, epic, member }: TaskBrief,
  folders: CommandFolders & { readonly files: string; readonly worktree: string },
): Record<string, string> {
  const variables = {
    TASK_ID: task.id,
    TITLE: task.title,
    DESCRIPTION: task.description,
    KIND: task.kind,
    STEP: task.stepId ?? '',
    ROLE: task.roleId ?? '',
    EPIC: epic?.title ?? '',
    MEMBER: member.name,
    BRIEF: folders.brief,
    INPUTS: folders.inputs,
    OUTPUT: folders.output,
    DECISION: folders.decision,
    FILES: folders.files,
    WORKTREE: folders.worktree,
  };
  // No variable can hold a NUL, and a title may.
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [name, value.replaceAll('\0', '')]),
  );
}

/** Replaces `{title}`, `{task_id}` and the like; a name that is not known stays as it is. */
export function fillCommand(command: string, variables: Readonly<Record<string, string>>): string {
  return command.replace(/\{([a-z_]+)\}/g, (text, name: string) => {
    const key = name.toUpperCase();
    return Object.hasOwn(variables, key) ? quoteForShell(variables[key] ?? '') : text;
  });
}

/** One word for a POSIX shell, whatever is in it. */
export function quoteForShell(value: string): string {
  return `'${value.replaceAll("'", `'\\''`)}'`;
}
